import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { changedProperties } from '../../catalog/changed-properties.ts';
import { notFound } from '../../catalog/elbv2/actions-refusal.ts';
import { balancersUsing } from '../../catalog/elbv2/group-uses.ts';
import { LOAD_BALANCER, TARGET_GROUP } from '../../catalog/elbv2/types.ts';
import { createRecord, deleteRecord, serviceError } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { changeRecord, givenIn } from './change-record.ts';
import { elbv2Page } from './elbv2-page.ts';
import { findAll, findOne, invalid } from './find.ts';
import { targetGroupShape } from './target-group-shape.ts';

export function describeTargetGroups(
  world: World,
  input: ELB.DescribeTargetGroupsInput,
  { realm }: Call,
): ELB.DescribeTargetGroupsOutput {
  const { items, ...next } = elbv2Page(asked(world, realm, input), input);
  return { TargetGroups: items.map((one) => targetGroupShape(world, realm, one)), ...next };
}

function asked(world: World, realm: Realm, input: ELB.DescribeTargetGroupsInput): Resource[] {
  const { LoadBalancerArn: balancerArn, TargetGroupArns: arns = [], Names: names = [] } = input;
  if (arns.length > 0 && names.length > 0) {
    throw invalid('Target group names and target group ARNs cannot be specified at the same time');
  }
  if (arns.length > 0) return findAll(world, realm, TARGET_GROUP, arns);
  const all = [...resourcesOf(world, realm, TARGET_GROUP)];
  if (balancerArn !== undefined) {
    findOne(world, realm, LOAD_BALANCER, balancerArn);
    return all.filter(({ id }) => balancersUsing(world, realm, id).some((one) => one.id === balancerArn));
  }
  if (names.length === 0) return all;
  const found = all.filter(({ properties }) => names.includes(String(properties['Name'])));
  if (found.length < new Set(names).size) throw serviceError(notFound(TARGET_GROUP));
  return found;
}

/** Asked again for one that is there already, exactly as it is, AWS answers with that one. */
export function createTargetGroup(
  world: World,
  input: ELB.CreateTargetGroupInput,
  { realm }: Call,
): ELB.CreateTargetGroupOutput {
  const properties = givenIn(input, 'Tags');
  const known = [...resourcesOf(world, realm, TARGET_GROUP)].find(({ properties: its }) => its['Name'] === input.Name);
  const isSame = known !== undefined && changedProperties(known.properties, properties).length === 0;
  const record = isSame
    ? known
    : createRecord(world, realm, { type: TARGET_GROUP, properties, tags: tagMap(input.Tags) });
  return { TargetGroups: [targetGroupShape(world, realm, record)] };
}

export function modifyTargetGroup(
  world: World,
  input: ELB.ModifyTargetGroupInput,
  { realm }: Call,
): ELB.ModifyTargetGroupOutput {
  const record = findOne(world, realm, TARGET_GROUP, input.TargetGroupArn);
  const changed = changeRecord(world, realm, record, givenIn(input, 'TargetGroupArn'));
  return { TargetGroups: [targetGroupShape(world, realm, changed)] };
}

/** One that is not there counts as deleted. */
export function deleteTargetGroup(
  world: World,
  input: ELB.DeleteTargetGroupInput,
  { realm }: Call,
): ELB.DeleteTargetGroupOutput {
  const id = input.TargetGroupArn ?? '';
  if (!id.includes(':targetgroup/')) throw invalid(`'${id}' is not a valid target group ARN`);
  deleteRecord({ world, realm, type: TARGET_GROUP, id });
  return {};
}
