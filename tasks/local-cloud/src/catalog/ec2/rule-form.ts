import type { Refusal } from '../behaviour.ts';
import { rangeOf } from '../cidr.ts';
import { invalid } from './refusals.ts';
import { peerOf } from './security-group-rule.ts';
import type { GroupRule } from './security-group-rule.ts';

const KNOWN: ReadonlySet<string> = new Set(['-1', 'icmp', 'icmpv6', 'tcp', 'udp']);
const PORT_MAX = 65_535;
const PROTOCOL_MAX = 255;

/** Why something cannot be a rule by its looks alone: its protocol, its ports or its peer. */
export function formRefusal(rule: GroupRule): Refusal | undefined {
  const said = protocolProblem(rule) ?? portProblem(rule) ?? peerProblem(rule);
  return said === undefined ? undefined : invalid('InvalidParameterValue', said);
}

function protocolProblem({ protocol }: GroupRule): string | undefined {
  if (KNOWN.has(protocol) || (/^\d{1,3}$/.test(protocol) && Number(protocol) <= PROTOCOL_MAX)) return undefined;
  return `Invalid value '${protocol}' for IP protocol. Unknown protocol.`;
}

function portProblem({ protocol, fromPort, toPort }: GroupRule): string | undefined {
  if (protocol !== 'tcp' && protocol !== 'udp') return undefined;
  if (fromPort < 0 && toPort < 0) {
    return 'Invalid value for portRange. Must specify both from and to ports with TCP/UDP.';
  }
  const outside = [fromPort, toPort].find((port) => !Number.isInteger(port) || port < 0 || port > PORT_MAX);
  if (outside === undefined && fromPort <= toPort) return undefined;
  return `Invalid ${protocol.toUpperCase()} port range (${fromPort}-${toPort}).`;
}

function peerProblem(rule: GroupRule): string | undefined {
  if (peerOf(rule) === '') return 'CIDR block, a security group ID or a prefix list has to be specified';
  const { cidrIpv4 } = rule;
  if (cidrIpv4 === undefined || rangeOf(cidrIpv4) !== undefined) return undefined;
  return `CIDR block ${cidrIpv4} is malformed`;
}
