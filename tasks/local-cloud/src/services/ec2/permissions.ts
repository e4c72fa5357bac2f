import type * as EC2 from '@aws-sdk/client-ec2';
import { ruleOf } from '../../catalog/ec2/security-group-rule.ts';
import type { GroupRule } from '../../catalog/ec2/security-group-rule.ts';
import { ServiceError } from '../../world.ts';
import type { Realm } from '../../world.ts';

/** Rules in the older form, in which those of the same protocol and ports are one permission. */
export function permissionsOf(rules: readonly GroupRule[], { account }: Realm): EC2.IpPermission[] {
  const groups = new Map<string, GroupRule[]>();
  for (const rule of rules) {
    const key = `${rule.protocol}|${rule.fromPort}|${rule.toPort}`;
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].map((same) => ({
    IpProtocol: same[0]?.protocol,
    ...(same[0] === undefined || same[0].protocol === '-1'
      ? {}
      : { FromPort: same[0].fromPort, ToPort: same[0].toPort }),
    IpRanges: ofKind(same, 'cidrIpv4', (CidrIp) => ({ CidrIp })),
    Ipv6Ranges: ofKind(same, 'cidrIpv6', (CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: ofKind(same, 'prefixListId', (PrefixListId) => ({ PrefixListId })),
    UserIdGroupPairs: ofKind(same, 'otherGroupId', (GroupId) => ({ GroupId, UserId: account })),
  }));
}

function ofKind<T extends object>(
  rules: readonly GroupRule[],
  kind: 'cidrIpv4' | 'cidrIpv6' | 'prefixListId' | 'otherGroupId',
  view: (peer: string) => T,
): (T & { Description?: string })[] {
  return rules.flatMap(({ [kind]: peer, description }) =>
    peer === undefined ? [] : [{ ...view(peer), ...(description === undefined ? {} : { Description: description }) }],
  );
}

/** What Authorize and Revoke take: permissions, or one rule in the request itself. */
export interface RuleRequest {
  readonly IpPermissions?: readonly EC2.IpPermission[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
}

/** The rules that a request asks for, one for each peer, in CloudFormation's words. */
export function wantedRules(request: RuleRequest, isEgress: boolean): Record<string, unknown>[] {
  const { IpPermissions = [], IpProtocol, FromPort, ToPort, CidrIp } = request;
  const own: EC2.IpPermission[] =
    IpProtocol === undefined || CidrIp === undefined ? [] : [{ IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp }] }];
  const all = [...IpPermissions, ...own];
  if (all.length === 0) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter ipPermissions');
  }
  return all.flatMap((permission) => peersOf(permission, isEgress).map((peer) => ruleProperties(permission, peer)));
}

function peersOf(permission: EC2.IpPermission, isEgress: boolean): Readonly<Record<string, unknown>>[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  const [list, group] = isEgress
    ? ['DestinationPrefixListId', 'DestinationSecurityGroupId']
    : ['SourcePrefixListId', 'SourceSecurityGroupId'];
  const peers = [
    ...IpRanges.map(({ CidrIp, Description }) => ({ CidrIp, Description })),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => ({ CidrIpv6, Description })),
    ...PrefixListIds.map(({ PrefixListId, Description }) => ({ [list]: PrefixListId, Description })),
    ...UserIdGroupPairs.map(({ GroupId, Description }) => ({ [group]: GroupId, Description })),
  ];
  // A permission for nobody is a rule that will be refused.
  return peers.length === 0 ? [{}] : peers;
}

function ruleProperties(permission: EC2.IpPermission, peer: Record<string, unknown>): Record<string, unknown> {
  const { protocol } = ruleOf('', false, { IpProtocol: permission.IpProtocol });
  const { FromPort, ToPort } = permission;
  const given = Object.entries({ IpProtocol: protocol, FromPort, ToPort, ...peer });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
