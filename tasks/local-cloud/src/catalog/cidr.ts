/** A range of IPv4 addresses, as numbers. */
export interface Range {
  readonly first: number;
  readonly size: number;
  readonly prefix: number;
}

const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** Reads `10.0.0.0/16`; undefined where it is none. Bits behind the prefix are left out, as AWS does. */
export function rangeOf(cidr: string): Range | undefined {
  const parts = CIDR.exec(cidr)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts;
  if (prefix > 32 || [a, b, c, d].some((octet) => octet > 255)) return undefined;
  const size = 2 ** (32 - prefix);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % size), size, prefix };
}

export function isInside(inner: Range, outer: Range): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
}

export function isOverlapping(left: Range, right: Range): boolean {
  return left.first < right.first + right.size && right.first < left.first + left.size;
}

export function cidrText({ first, prefix }: Range): string {
  return `${addressText(first)}/${prefix}`;
}

export function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
