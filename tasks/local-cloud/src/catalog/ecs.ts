import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Making, Made, Refusal } from './behaviour.ts';
import { ANY_NAME } from './names.ts';
import { resourceWith } from './resources-of.ts';

export const ecs: Behaviours = {
  'AWS::ECS::Cluster': { refuseDelete: clusterInUse },
  'AWS::ECS::Service': { make: service, refuseCreate: takenService },
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

function takenService(making: Making): Refusal | undefined {
  const name = making.text('ServiceName');
  if (name === undefined) return undefined;
  const arn = making.arn('ecs', `service/${clusterName(making.text('Cluster'))}/${name}`);
  const other = resourceWith(making.world, making.realm, making.type.name, (resource) => resource.arn === arn);
  return other && { text: 'Creation of service was not idempotent.', handlerErrorCode: 'AlreadyExists' };
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
  return (
    user && {
      text: 'The Cluster cannot be deleted while Services are active.',
      handlerErrorCode: 'GeneralServiceException',
    }
  );
}

/** The API takes a name or an ARN; without one it means `default`. */
export function clusterName(cluster: string | undefined): string {
  return cluster?.split('/').at(-1) ?? 'default';
}
