import type * as EC2 from '@aws-sdk/client-ec2';
import { missing } from '../../catalog/ec2/references.ts';
import {
  EGRESS,
  INGRESS,
  inlineRules,
  ruleKey,
  ruleOf,
  rulesOf,
  SECURITY_GROUP,
} from '../../catalog/ec2/security-group-rule.ts';
import type { GroupRule } from '../../catalog/ec2/security-group-rule.ts';
import { createRecord, serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { dropRecord, findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Operation, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { wantedRules } from './permissions.ts';
import { tagsFor } from './own-records.ts';
import { groupOf } from './security-groups.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.SecurityGroupRule> = {
  type: INGRESS,
  idOf: ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  fields: {
    'group-id': ({ GroupId }) => GroupId,
    'security-group-rule-id': ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  },
};

export function describeSecurityGroupRules(
  world: World,
  input: EC2.DescribeSecurityGroupRulesRequest,
  { realm }: Call,
): EC2.DescribeSecurityGroupRulesResult {
  const views = [...resourcesOf(world, realm, SECURITY_GROUP)].flatMap((group) =>
    rulesOf(world, realm, group).map((rule) => ruleView(realm, rule)),
  );
  const { items, more } = select(views, NOUN, { ...input, ids: input.SecurityGroupRuleIds });
  return { SecurityGroupRules: items, ...more };
}

export const authorizeSecurityGroupIngress: Operation = (
  world: World,
  input: EC2.AuthorizeSecurityGroupIngressRequest,
  call: Call,
) => authorize(world, input, call, false);

export const authorizeSecurityGroupEgress: Operation = (
  world: World,
  input: EC2.AuthorizeSecurityGroupEgressRequest,
  call: Call,
) => authorize(world, input, call, true);

export const revokeSecurityGroupIngress: Operation = (
  world: World,
  input: EC2.RevokeSecurityGroupIngressRequest,
  call: Call,
) => revoke(world, input, call, false);

export const revokeSecurityGroupEgress: Operation = (
  world: World,
  input: EC2.RevokeSecurityGroupEgressRequest,
  call: Call,
) => revoke(world, input, call, true);

/** All of them or none: an operation that throws leaves no trace. */
function authorize(
  world: World,
  input: EC2.AuthorizeSecurityGroupIngressRequest,
  { realm }: Call,
  isEgress: boolean,
): EC2.AuthorizeSecurityGroupIngressResult {
  const { id } = groupOf(world, realm, input);
  const tags = tagsFor(input.TagSpecifications, 'security-group-rule');
  const made = wantedRules(input, isEgress).map((rule) =>
    createRecord(world, realm, { type: isEgress ? EGRESS : INGRESS, properties: { GroupId: id, ...rule }, tags }),
  );
  return {
    Return: true,
    SecurityGroupRules: made.map((record) => ruleView(realm, ruleOf(id, isEgress, record.properties, { record }))),
  };
}

function revoke(
  world: World,
  input: EC2.RevokeSecurityGroupIngressRequest,
  { realm }: Call,
  isEgress: boolean,
): EC2.RevokeSecurityGroupIngressResult {
  const group = groupOf(world, realm, input);
  const existing = rulesOf(world, realm, group).filter((rule) => rule.isEgress === isEgress);
  const chosen = input.SecurityGroupRuleIds?.length
    ? rulesWithIds(existing, input.SecurityGroupRuleIds)
    : matchingRules(existing, wantedRules(input, isEgress), group.id, isEgress);
  for (const { record } of chosen) if (record !== undefined) dropRecord(world, realm, record);
  dropInline(world, realm, group, chosen, isEgress);
  return {
    Return: true,
    RevokedSecurityGroupRules: chosen.map((rule) => {
      const {
        SecurityGroupRuleArn: _arn,
        GroupOwnerId: _owner,
        ReferencedGroupInfo,
        Tags: _tags,
        ...view
      } = ruleView(realm, rule);
      return { ...view, ReferencedGroupId: ReferencedGroupInfo?.GroupId };
    }),
  };
}

function rulesWithIds(existing: readonly GroupRule[], ids: readonly string[]): GroupRule[] {
  const absent = ids.filter((id) => !existing.some((rule) => rule.id === id));
  if (absent.length > 0) throw serviceError(missing(INGRESS, ...absent));
  return existing.filter(({ id }) => ids.includes(id));
}

function matchingRules(
  existing: readonly GroupRule[],
  wanted: readonly Record<string, unknown>[],
  groupId: string,
  isEgress: boolean,
): GroupRule[] {
  return wanted.map((properties) => {
    const key = ruleKey(ruleOf(groupId, isEgress, properties));
    const found = existing.find((rule) => ruleKey(rule) === key);
    if (found !== undefined) return found;
    const text = 'The specified rule does not exist in this security group.';
    throw new ServiceError('InvalidPermission.NotFound', text);
  });
}

function dropInline(
  world: World,
  realm: Realm,
  group: Resource,
  chosen: readonly GroupRule[],
  isEgress: boolean,
): void {
  const places = new Set(chosen.map(({ index }) => index));
  const current = findRecord(world, realm, SECURITY_GROUP, group.id);
  if (current === undefined || ![...places].some((index) => index !== undefined)) return;
  const kept = inlineRules(current, isEgress).filter((_, index) => !places.has(index));
  setProperties(world, realm, current, { [isEgress ? 'SecurityGroupEgress' : 'SecurityGroupIngress']: kept });
}

function ruleView(realm: Realm, rule: GroupRule): EC2.SecurityGroupRule {
  return {
    SecurityGroupRuleId: rule.id,
    SecurityGroupRuleArn: `arn:aws:ec2:${realm.region}:${realm.account}:security-group-rule/${rule.id}`,
    GroupId: rule.groupId,
    GroupOwnerId: realm.account,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    CidrIpv4: rule.cidrIpv4,
    CidrIpv6: rule.cidrIpv6,
    PrefixListId: rule.prefixListId,
    ReferencedGroupInfo:
      rule.otherGroupId === undefined ? undefined : { GroupId: rule.otherGroupId, UserId: realm.account },
    Description: rule.description,
    Tags: tagList(rule.record?.tags ?? {}),
  };
}
