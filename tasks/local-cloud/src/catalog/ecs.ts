import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { currentState, drain, forgetStates, hasTripped, isDrained, stateOf } from '../services/ecs/service-state.ts';
import { tasksIn } from '../services/ecs/tasks.ts';
import { targetGroupsOf } from '../services/ecs/drain-time.ts';
import type { Behaviours, Making, Made, Readiness, Refusal } from './behaviour.ts';
import { scopedRefusal } from './ecs-capacity.ts';
import { isGroupUsed } from './elbv2/group-uses.ts';
import { TARGET_GROUP } from './elbv2/types.ts';
import { ANY_NAME } from './names.ts';
import { resourceWith } from './resources-of.ts';
import { findRecord } from './stored-record.ts';

export const ecs: Behaviours = {
  'AWS::ECS::Cluster': { refuseDelete: clusterInUse },
  'AWS::ECS::Service': {
    make: service,
    refuseCreate: (making) => takenService(making) ?? groupWithoutBalancer(making),
    // What the tasks need beyond this is waited for.
    seconds: () => ({ delete: [2, 5, 10] }),
    made: currentState,
    changed: (world, realm, _before, after) => void currentState(world, realm, after),
    readiness: steadiness,
    deleting: drain,
    clearance: (world, realm, record) => (isDrained(world, realm, record) ? 'ready' : 'waiting'),
    gone: (world, realm, { arn = '' }) => forgetStates(world, realm, (other) => other !== arn),
  },
  'AWS::ECS::TaskDefinition': { make: taskDefinition },
};

function service(making: Making): Made {
  const cluster = clusterName(making.text('Cluster'));
  const name = making.name('ServiceName');
  const arn = making.arn('ecs', `service/${cluster}/${name}`);
  return {
    id: `${arn}|${making.arn('ecs', `cluster/${cluster}`)}`,
    ref: arn,
    arn,
    attributes: { ServiceArn: arn, Name: name },
    properties: { ServiceName: name },
  };
}

/** CloudFormation waits until a service is steady, or its circuit breaker says that it never will be. */
function steadiness(world: World, realm: Realm, record: Resource): Readiness {
  const state = currentState(world, realm, record);
  if (state.isSteady) return 'ready';
  if (!hasTripped(record, state)) return 'waiting';
  return {
    text: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
    handlerErrorCode: 'GeneralServiceException',
  };
}

function takenService(making: Making): Refusal | undefined {
  const name = making.text('ServiceName');
  if (name === undefined) return undefined;
  const arn = making.arn('ecs', `service/${clusterName(making.text('Cluster'))}/${name}`);
  const other = resourceWith(making.world, making.realm, making.type.name, (resource) => resource.arn === arn);
  if (other === undefined) return undefined;
  const isDraining = stateOf(making.world, making.realm, arn)?.isDraining === true;
  const text = isDraining
    ? 'Unable to Start a service that is still Draining.'
    : 'Creation of service was not idempotent.';
  return { text, handlerErrorCode: 'AlreadyExists', code: 'InvalidParameterException' };
}

/** Tasks cannot be registered where no load balancer would ever ask for them: a listener has to be there first. */
function groupWithoutBalancer({ world, realm, properties }: Making): Refusal | undefined {
  const arn = targetGroupsOf({ properties }).find(
    (one) => findRecord(world, realm, TARGET_GROUP, one) !== undefined && !isGroupUsed(world, realm, one),
  );
  if (arn === undefined) return undefined;
  const text = `The target group with targetGroupArn ${arn} does not have an associated load balancer.`;
  return { text, handlerErrorCode: 'InvalidRequest', code: 'InvalidParameterException' };
}

/** A revision belongs to its family for good: it counts on after a revision was deregistered. */
function taskDefinition(making: Making): Made {
  const { world, realm } = making;
  const family = making.text('Family') ?? making.name('Family', ANY_NAME).replaceAll('-', '');
  const families = world.table<{ revision: number }>('ecs.family', realm);
  const revision = (families.get(family)?.revision ?? 0) + 1;
  families.put(family, { revision });
  const arn = making.arn('ecs', `task-definition/${family}:${revision}`);
  return { id: arn, ref: arn, arn, attributes: { TaskDefinitionArn: arn }, properties: { Family: family } };
}

function clusterInUse(world: World, realm: Realm, cluster: Resource): Refusal | undefined {
  const prefix = `arn:aws:ecs:${realm.region}:${realm.account}:service/${cluster.id}/`;
  const user = resourceWith(world, realm, 'AWS::ECS::Service', ({ arn }) => arn?.startsWith(prefix) === true);
  if (user) return inUse('Services', 'ClusterContainsServicesException');
  const tasks = tasksIn(world, realm, cluster.id).filter(({ stoppedAt = Infinity }) => stoppedAt > world.now);
  if (tasks.length > 0) return inUse('Tasks', 'ClusterContainsTasksException');
  return scopedRefusal(world, realm, cluster);
}

function inUse(what: string, code: string): Refusal {
  return {
    text: `The Cluster cannot be deleted while ${what} are active.`,
    handlerErrorCode: 'GeneralServiceException',
    code,
  };
}

/** The API takes a name or an ARN; without one it means `default`. */
export function clusterName(cluster: string | undefined): string {
  return cluster?.split('/').at(-1) ?? 'default';
}
