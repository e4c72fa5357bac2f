import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { firstOf } from '../ec2/refusals.ts';
import { VPC } from '../ec2/vpc.ts';
import { resourcesOf } from '../resources-of.ts';
import { findRecord } from '../stored-record.ts';
import { isGroupUsed } from './group-uses.ts';
import { nameRefusal, takenName, wrong } from './names.ts';
import { addTarget, dropTargetsOf, targetKey, withdrawTarget } from './targets.ts';
import type { TargetDescription } from './targets.ts';
import { TARGET_GROUP } from './types.ts';

export const targetGroup: Behaviour = {
  make,
  refuseCreate: (making) =>
    firstOf(
      () => nameRefusal('target group', making.text('Name')),
      () => takenName(making, 'target group', [...resourcesOf(making.world, making.realm, TARGET_GROUP)]),
      () => settingsRefusal(making),
    ),
  made: (world, realm, group) => followTargets(world, realm, undefined, group),
  changed: followTargets,
  refuseDelete: inUse,
  gone: dropTargetsOf,
};

function make(making: Making): Made {
  const name = making.name('Name');
  const fullName = `targetgroup/${name}/${making.world.hex(16)}`;
  const arn = making.arn('elasticloadbalancing', fullName);
  return {
    id: arn,
    arn,
    attributes: { TargetGroupArn: arn, TargetGroupName: name, TargetGroupFullName: fullName, LoadBalancerArns: [] },
    properties: { Name: name },
  };
}

/** Functions have none of it, everything else all of it. */
function settingsRefusal({ world, realm, text }: Making): Refusal | undefined {
  if (text('TargetType') === 'lambda') return undefined;
  if (text('Protocol') === undefined) return wrong('A protocol must be specified');
  if (text('Port') === undefined) return wrong('A port must be specified');
  const network = text('VpcId');
  if (network === undefined) return wrong('A VPC ID must be specified');
  return findRecord(world, realm, VPC, network) === undefined
    ? wrong(`The VPC ID '${network}' is not found`)
    : undefined;
}

function inUse(world: World, realm: Realm, { id }: Resource): Refusal | undefined {
  if (!isGroupUsed(world, realm, id)) return undefined;
  const text = `Target group '${id}' is currently in use by a listener or a rule`;
  return { text, handlerErrorCode: 'ResourceConflict', code: 'ResourceInUse' };
}

/** A template says which targets of its own there are; it does not know of others. */
function followTargets(world: World, realm: Realm, before: Resource | undefined, after: Resource): void {
  const [old, now] = [listedIn(before), listedIn(after)];
  const isIn = (list: readonly TargetDescription[], one: TargetDescription): boolean =>
    list.some((other) => targetKey(after, other) === targetKey(after, one));
  for (const target of old.filter((one) => !isIn(now, one))) withdrawTarget(world, realm, after, target);
  for (const target of now.filter((one) => !isIn(old, one))) addTarget(world, realm, after, target);
}

function listedIn(group: Resource | undefined): TargetDescription[] {
  return [group?.properties['Targets'] ?? []].flat();
}
