import type { LayerContext } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import { formatIpv4Range, isPrivate, overlap, parseIpv4Range, sizeOf, type Ipv4Range } from './ipv4-range.ts';
import type { NetworkConfig } from './network-config.ts';

/** Largest VPC that AWS makes, and the smallest whose public subnets (a sixteenth of it) still take a load balancer. */
const LARGEST_PREFIX = 16;
const SMALLEST_PREFIX = 23;

/** Docker's default bridge on build agents and container hosts. */
const DOCKER: Ipv4Range = { first: 0xac110000, prefix: 16 };

/** Every reason why the network of this section could not be built or would not work. */
export function checkNetwork(context: LayerContext<NetworkConfig>): readonly Problem[] {
  const avoid = context.config.avoidCidrs.map((text) => parseIpv4Range(text));
  const known = avoid.filter((range) => range !== undefined);
  return [
    ...checkCidr(context, known),
    ...avoid.flatMap((range, index) => (range ? [] : [notARange(context, ['avoidCidrs', index], known)])),
    ...checkEndpoints(context),
  ];
}

function checkCidr(context: LayerContext<NetworkConfig>, avoid: readonly Ipv4Range[]): Problem[] {
  const { cidr } = context.config;
  const range = parseIpv4Range(cidr);
  if (!range) return [notARange(context, ['cidr'], avoid)];
  const head = { ...placed(context, ['cidr']), what: `network.cidr is "${cidr}"` };
  return [...checkSize(head, range, avoid), ...checkSpace(head, cidr, range, avoid), ...checkOverlaps(context, range)];
}

type Head = Pick<Problem, 'what' | 'place'>;

function checkSize(head: Head, range: Ipv4Range, avoid: readonly Ipv4Range[]): Problem[] {
  const { prefix } = range;
  if (prefix < LARGEST_PREFIX) {
    return [
      {
        ...head,
        code: 'cidr-too-large',
        what: `${head.what}, larger than AWS makes a VPC: /${LARGEST_PREFIX} (65,536 addresses) at most`,
        next: `write ${formatIpv4Range({ ...range, prefix: LARGEST_PREFIX })}`,
      },
    ];
  }
  if (prefix > SMALLEST_PREFIX) {
    return [
      {
        ...head,
        code: 'cidr-too-small',
        what: `${head.what}, ${sizeOf(prefix)} addresses and too small for the subnets: /${SMALLEST_PREFIX} (512 addresses) at least`,
        why: 'a public subnet is a sixteenth of it, and a load balancer needs a subnet of /27 or larger',
        next: `write ${freeRange(avoid)}, or any range from /${LARGEST_PREFIX} to /${SMALLEST_PREFIX}`,
      },
    ];
  }
  return [];
}

function checkSpace(head: Head, cidr: string, range: Ipv4Range, avoid: readonly Ipv4Range[]): Problem[] {
  const written = formatIpv4Range(range);
  const problems: Problem[] = [];
  if (written !== cidr) {
    problems.push({
      ...head,
      code: 'cidr-not-at-start',
      what: `${head.what}, which is an address inside a range, not the range's first address`,
      next: `write ${written}`,
    });
  }
  if (!isPrivate(range)) {
    problems.push({
      ...head,
      code: 'cidr-public',
      what: `${head.what}, which holds public addresses`,
      why: 'whoever owns them could not be reached from the VPC',
      next: `choose from 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, such as ${freeRange(avoid)}`,
    });
  }
  return problems;
}

function checkOverlaps(context: LayerContext<NetworkConfig>, range: Ipv4Range): Problem[] {
  const { cidr, avoidCidrs } = context.config;
  const avoid = avoidCidrs.flatMap((text) => parseIpv4Range(text) ?? []);
  const next = `choose a range that overlaps nothing, such as ${freeRange(avoid)}`;
  const problems: Problem[] = [];
  if (overlap(range, DOCKER)) {
    problems.push({
      code: 'cidr-overlaps',
      ...placed(context, ['cidr']),
      what: `network.cidr is "${cidr}", which overlaps 172.17.0.0/16, the range of Docker's default bridge`,
      why: 'what a container sends there never leaves its host',
      next,
    });
  }
  avoidCidrs.forEach((text, index) => {
    const other = parseIpv4Range(text);
    if (!other || !overlap(range, other)) return;
    problems.push({
      code: 'cidr-overlaps',
      ...placed(context, ['cidr']),
      what: `network.cidr is "${cidr}", which overlaps "${text}" (network.avoidCidrs.${index})`,
      why: 'routes between two networks that share addresses lead to the wrong one',
      next,
    });
  });
  return problems;
}

function checkEndpoints(context: LayerContext<NetworkConfig>): Problem[] {
  const { interfaceEndpoints } = context.config;
  return interfaceEndpoints.flatMap((service, index) => {
    if (interfaceEndpoints.indexOf(service) === index) return [];
    const path = `network.interfaceEndpoints.${index}`;
    return {
      code: 'duplicate-endpoint',
      ...placed(context, ['interfaceEndpoints', index]),
      what: `${path} is "${service}", which the list has already`,
      next: 'take one of them out',
    };
  });
}

function notARange(
  context: LayerContext<NetworkConfig>,
  path: (string | number)[],
  avoid: readonly Ipv4Range[],
): Problem {
  const [key, index] = path;
  const text = index === undefined ? context.config.cidr : context.config.avoidCidrs[Number(index)];
  return {
    code: 'cidr-malformed',
    ...placed(context, path),
    what: `network.${path.join('.')} is "${text}", not an IPv4 range`,
    next: `write four numbers from 0 to 255 and a prefix, such as ${key === 'cidr' ? freeRange(avoid) : '192.168.0.0/16'}`,
  };
}

/** The first /16 from 10.20.0.0 on that is in nobody's way. */
function freeRange(avoid: readonly Ipv4Range[]): string {
  for (let second = 20; second < 256; second += 1) {
    const range = { first: 0x0a000000 + second * 0x10000, prefix: LARGEST_PREFIX };
    if (!avoid.some((other) => overlap(range, other))) return formatIpv4Range(range);
  }
  return '192.168.0.0/16';
}

function placed(context: LayerContext<NetworkConfig>, path: readonly (string | number)[]): Pick<Problem, 'place'> {
  const place = context.placeOf(path);
  return place ? { place } : {};
}
