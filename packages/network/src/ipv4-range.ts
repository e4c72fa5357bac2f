import ipaddr from 'ipaddr.js';

/** An IPv4 range with its first address as a number, so that ranges can be cut and compared by arithmetic. */
export interface Ipv4Range {
  readonly first: number;
  /** Length of the prefix: 16 for a /16. */
  readonly prefix: number;
}

/** Reads `10.20.0.0/16`; undefined where it is no IPv4 range. Address bits beyond the prefix are cut off. */
export function parseIpv4Range(text: string): Ipv4Range | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
  const number = address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return { first: number - (number % sizeOf(prefix)), prefix };
}

export function formatIpv4Range({ first, prefix }: Ipv4Range): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join('.')}/${prefix}`;
}

/** Whether two ranges share an address. */
export function overlap(one: Ipv4Range, other: Ipv4Range): boolean {
  return one.first < other.first + sizeOf(other.prefix) && other.first < one.first + sizeOf(one.prefix);
}

/** The nth part of a range that is cut into parts of `prefix`. */
export function partOf(range: Ipv4Range, prefix: number, index: number): Ipv4Range {
  return { first: range.first + index * sizeOf(prefix), prefix };
}

/** Whether every address is for private use (RFC 1918) or shared address space (RFC 6598), where a VPC belongs. */
export function isPrivate(range: Ipv4Range): boolean {
  const kinds = [range.first, range.first + sizeOf(range.prefix) - 1].map((number) =>
    new ipaddr.IPv4([24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256)).range(),
  );
  return kinds.every((kind) => kind === 'private' || kind === 'carrierGradeNat');
}

/** Number of addresses in a range with this prefix. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}
