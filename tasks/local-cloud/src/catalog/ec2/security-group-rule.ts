import { createHash } from 'node:crypto';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { resourcesOf } from '../resources-of.ts';
import { findRecord } from '../stored-record.ts';

export const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';
export const INGRESS = 'AWS::EC2::SecurityGroupIngress';
export const EGRESS = 'AWS::EC2::SecurityGroupEgress';

/** One rule of a group, whether it stands in the group's own properties or is a resource beside it. */
export interface GroupRule {
  readonly id: string;
  readonly groupId: string;
  readonly isEgress: boolean;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly prefixListId?: string;
  readonly otherGroupId?: string;
  readonly description?: string;
  /** The resource beside the group that it is. */
  readonly record?: Resource;
  /** Its place in the group's own list. */
  readonly index?: number;
}

type Properties = Readonly<Record<string, unknown>>;

const EVERYTHING: Properties = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };
const PROTOCOLS: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6', all: '-1' };

/** Every rule of a group. */
export function rulesOf(world: World, realm: Realm, group: Resource): GroupRule[] {
  const inline = [false, true].flatMap((isEgress) =>
    inlineRules(group, isEgress).map((properties, index) => ruleOf(group.id, isEgress, properties, { index })),
  );
  const beside = [INGRESS, EGRESS].flatMap((type) =>
    [...resourcesOf(world, realm, type)]
      .filter(({ properties }) => groupIdOf(world, realm, properties) === group.id)
      .map((record) => ruleOf(group.id, type === EGRESS, record.properties, { record })),
  );
  return [...inline, ...beside];
}

/** Without rules for what may go out, everything may. */
export function inlineRules({ properties }: Pick<Resource, 'properties'>, isEgress: boolean): readonly Properties[] {
  const given = properties[isEgress ? 'SecurityGroupEgress' : 'SecurityGroupIngress'];
  if (isEgress && given === undefined) return [EVERYTHING];
  return Array.isArray(given) ? (given as Properties[]) : [];
}

/** One rule in CloudFormation's words, read. */
export function ruleOf(
  groupId: string,
  isEgress: boolean,
  properties: Properties,
  origin: Pick<GroupRule, 'record' | 'index'> = {},
): GroupRule {
  const text = (...names: readonly string[]): string | undefined => {
    const given = names.map((name) => properties[name]).find((value) => value !== undefined && value !== '');
    return given === undefined ? undefined : String(given);
  };
  const protocol = String(properties['IpProtocol'] ?? '-1').toLowerCase();
  const optional = {
    cidrIpv4: text('CidrIp'),
    cidrIpv6: text('CidrIpv6'),
    prefixListId: text('SourcePrefixListId', 'DestinationPrefixListId'),
    otherGroupId: text('SourceSecurityGroupId', 'DestinationSecurityGroupId'),
    description: text('Description'),
  };
  const named = PROTOCOLS[protocol] ?? protocol;
  const isEvery = named === '-1';
  const rule = {
    ...{ groupId, isEgress, protocol: named },
    fromPort: isEvery ? -1 : Number(properties['FromPort'] ?? -1),
    toPort: isEvery ? -1 : Number(properties['ToPort'] ?? -1),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    ...origin,
  };
  return { id: origin.record?.id ?? inlineId(rule), ...rule };
}

/** What makes two rules the same one, whatever they are described as. */
export function ruleKey(rule: Omit<GroupRule, 'id'>): string {
  const { isEgress, protocol, fromPort, toPort } = rule;
  return [isEgress ? 'egress' : 'ingress', protocol, fromPort, toPort, peerOf(rule)].join('|');
}

export function peerOf(rule: Omit<GroupRule, 'id'>): string {
  return rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.prefixListId ?? rule.otherGroupId ?? '';
}

/** `peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW` */
export function ruleText(rule: Omit<GroupRule, 'id'>): string {
  const { protocol, fromPort, toPort } = rule;
  if (protocol === '-1') return `peer: ${peerOf(rule)}, ALL, ALLOW`;
  const isIcmp = protocol.startsWith('icmp');
  const ports = isIcmp ? `type: ${fromPort}, code: ${toPort}` : `from port: ${fromPort}, to port: ${toPort}`;
  return `peer: ${peerOf(rule)}, ${protocol.toUpperCase()}, ${ports}, ALLOW`;
}

/** A rule beside its group may name it by id or, as in old templates, by name. */
export function groupIdOf(world: World, realm: Realm, { GroupId, GroupName }: Properties): string | undefined {
  if (typeof GroupId === 'string') return GroupId;
  if (typeof GroupName !== 'string') return undefined;
  for (const { id, properties } of resourcesOf(world, realm, SECURITY_GROUP)) {
    if (properties['GroupName'] === GroupName) return id;
  }
  return undefined;
}

/** Rules in a group's own list have ids too; made of what they are, they need no place to be kept. */
function inlineId(rule: Omit<GroupRule, 'id'>): string {
  return `sgr-${createHash('sha256')
    .update(`${rule.groupId}|${ruleKey(rule)}`)
    .digest('hex')
    .slice(0, 17)}`;
}

/** Whether a group is still there. */
export function isGroup(world: World, realm: Realm, id: string): boolean {
  return findRecord(world, realm, SECURITY_GROUP, id) !== undefined;
}
