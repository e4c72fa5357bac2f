import { capacityShortage } from '../../faults/capacity.ts';
import { taskFault } from '../../faults/task-fault.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Realm, World } from '../../world.ts';
import { REPOSITORY } from '../../catalog/ecr.ts';
import { targetGroupsOf } from './drain-time.ts';
import { imageExists } from '../ecr/image-exists.ts';

/** What becomes of a task that is to be started: nothing where there is no room for it, an end where it cannot run. */
export type Placement = 'placed' | { readonly unplaced: string } | { readonly fails: TaskFailure };

/** How a task ends that nobody has stopped. */
export interface TaskFailure {
  readonly reason: string;
  readonly stopCode: 'TaskFailedToStart' | 'EssentialContainerExited' | 'ServiceSchedulerInitiated';
  /** From its start to its end, and whether it has run by then. */
  readonly withinMs: { readonly min: number; readonly max: number };
  readonly hasRun: boolean;
  readonly exitCode?: number;
}

/** Pulling an image that is not there is tried a few times. */
const PULL_MS = { min: 20_000, max: 50_000 };
/** Started within 45 s, and over a few seconds later. */
const EXIT_MS = { min: 46_000, max: 60_000 };
/** Started, and unhealthy for as many checks as a target group or a container's health check wants. EST. */
const UNHEALTHY_MS = { min: 105_000, max: 150_000 };

/** @param service whose task it is to be; none for a task by itself */
export function placementOf(world: World, realm: Realm, taskDefinition: string, service?: Resource): Placement {
  const shortage = capacityShortage(world, realm);
  if (shortage !== undefined) return { unplaced: shortage };
  const missing = imagesOf(world, realm, taskDefinition).find((image) => isMissing(world, realm, image));
  if (missing === undefined) return service === undefined ? 'placed' : fated(world, realm, service);
  const reason = `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${missing}: ${missing}: not found`;
  return { fails: { reason, stopCode: 'TaskFailedToStart', withinMs: PULL_MS, hasRun: false } };
}

/** What a fault has in store for a task that can be placed. */
function fated(world: World, realm: Realm, service: Resource): Placement {
  const stack = service.tags['aws:cloudformation:stack-name'] ?? '';
  const logicalId = service.tags['aws:cloudformation:logical-id'] ?? '';
  const fault = taskFault(world, realm, { stack, logicalId });
  if (fault === undefined) return 'placed';
  if (fault.kind === 'task-exits') {
    const reason = fault.text ?? 'Essential container in task exited';
    return { fails: { reason, stopCode: 'EssentialContainerExited', withinMs: EXIT_MS, hasRun: true, exitCode: 1 } };
  }
  const [group] = targetGroupsOf(service);
  const reason =
    group === undefined
      ? 'Task failed container health checks'
      : `Task failed ELB health checks in (target-group ${group})`;
  const ending = { stopCode: 'ServiceSchedulerInitiated', withinMs: UNHEALTHY_MS, hasRun: true } as const;
  return { fails: { reason: fault.text ?? reason, ...ending } };
}

function imagesOf(world: World, realm: Realm, taskDefinition: string): string[] {
  const record = resources(world, realm).get(resourceKey('AWS::ECS::TaskDefinition', taskDefinition));
  const containers = (record?.properties['ContainerDefinitions'] ?? []) as readonly { readonly Image?: string }[];
  return containers.flatMap(({ Image }) => Image ?? []);
}

/** Repositories that the cloud does not know are somewhere else; in one that it knows the image has to be there. */
function isMissing(world: World, realm: Realm, image: string): boolean {
  const [, account = '', region = '', name = ''] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/.exec(image) ?? [];
  const isKnown = name !== '' && findRecord(world, { account, region }, REPOSITORY, name) !== undefined;
  return isKnown && !imageExists(world, realm, image);
}

/** The service's own network configuration; undefined where its tasks have no interface of their own. */
export function networkOf({ properties }: Pick<Resource, 'properties'>): Network | undefined {
  const { AwsvpcConfiguration: network } = (properties['NetworkConfiguration'] ?? {}) as {
    readonly AwsvpcConfiguration?: { Subnets?: string[]; SecurityGroups?: string[]; AssignPublicIp?: string };
  };
  if (network?.Subnets === undefined || network.Subnets.length === 0) return undefined;
  return {
    subnetIds: network.Subnets,
    ...(network.SecurityGroups === undefined ? {} : { securityGroupIds: network.SecurityGroups }),
    hasPublicIp: network.AssignPublicIp === 'ENABLED',
  };
}

export interface Network {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds?: readonly string[];
  readonly hasPublicIp: boolean;
}
