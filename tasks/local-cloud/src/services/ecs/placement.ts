import { capacityShortage } from '../../faults/capacity.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Realm, World } from '../../world.ts';
import { REPOSITORY } from '../../catalog/ecr.ts';
import { imageExists } from '../ecr/image-exists.ts';

/** What becomes of a task that is to be started: nothing where there is no room for it, an end where it cannot run. */
export type Placement = 'placed' | { readonly unplaced: string } | { readonly fails: string };

export function placementOf(world: World, realm: Realm, taskDefinition: string): Placement {
  const shortage = capacityShortage(world, realm);
  if (shortage !== undefined) return { unplaced: shortage };
  const missing = imagesOf(world, realm, taskDefinition).find((image) => isMissing(world, realm, image));
  if (missing === undefined) return 'placed';
  return {
    fails: `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${missing}: ${missing}: not found`,
  };
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
