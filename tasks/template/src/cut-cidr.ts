import { templateError } from './template-error.ts';

/**
 * `Fn::Cidr`: the first `count` blocks of `bits` host bits each inside `block`, IPv4 or IPv6.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html
 */
export function cutCidr(block: string, count: number, bits: number): string[] {
  const parsed = parseCidr(block);
  if (parsed === undefined) throw templateError(`Template error: ipBlock ${block} in Fn::Cidr is not a CIDR block`);
  const { address, prefix, width } = parsed;
  if (count < 1 || count > 256)
    throw templateError(`Template error: count ${count} in Fn::Cidr is not between 1 and 256`);
  const prefixEach = width - bits;
  if (bits < 1 || prefixEach < prefix || BigInt(count) > 1n << BigInt(prefixEach - prefix)) {
    throw templateError(`Template error: Fn::Cidr cannot cut ${count} blocks of ${bits} bits out of ${block}`);
  }
  const first = (address >> BigInt(width - prefix)) << BigInt(width - prefix);
  return Array.from({ length: count }, (_, at) => {
    const start = first + (BigInt(at) << BigInt(bits));
    return `${width === 32 ? formatIpv4(start) : formatIpv6(start)}/${prefixEach}`;
  });
}

interface Cidr {
  readonly address: bigint;
  readonly prefix: number;
  readonly width: 32 | 128;
}

function parseCidr(block: string): Cidr | undefined {
  const [text = '', length = '', ...rest] = block.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const width = text.includes(':') ? 128 : 32;
  const address = width === 32 ? parseIpv4(text) : parseIpv6(text);
  const prefix = Number(length);
  return address === undefined || prefix > width ? undefined : { address, prefix, width };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function formatIpv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

/** The shortest form: the first longest run of zero groups becomes `::`. */
function formatIpv6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((address >> BigInt(112 - at * 16)) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/\b0(?::0)+\b/g)].map((match) => match[0]);
  const longest = runs.sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) return groups.join(':');
  const text = groups.join(':');
  const at = text.search(new RegExp(`(?<![^:])${longest}(?![^:])`));
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + longest.length).replace(/^:/, '')}`;
}
