import { interfacesOf } from '../../catalog/network-interfaces.ts';
import { dropInstance, putInstance, registrationRefusal } from '../../catalog/servicediscovery/instances.ts';
import { bareId } from '../../catalog/servicediscovery/types.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Realm, World } from '../../world.ts';
import type { Task } from './tasks.ts';

interface Registry {
  readonly RegistryArn?: string;
  readonly Port?: number | string;
  readonly ContainerPort?: number | string;
}

/** A task that runs is an instance of every Cloud Map service that its own service names; its id is the task's. */
export function registerTask(world: World, realm: Realm, task: Task): void {
  const [own] = interfacesOf(world, realm, task.arn);
  for (const { RegistryArn, Port, ContainerPort } of registriesOf(world, realm, task)) {
    const of = { ServiceId: bareId(RegistryArn), InstanceId: bareId(task.arn) };
    const port = Port ?? ContainerPort;
    const address = own?.properties['PrivateIpAddress'];
    const zone = findRecord(world, realm, 'AWS::EC2::Subnet', String(own?.properties['SubnetId']));
    const InstanceAttributes = {
      ...(address === undefined ? {} : { AWS_INSTANCE_IPV4: String(address) }),
      ...(port === undefined ? {} : { AWS_INSTANCE_PORT: String(port) }),
      AWS_INIT_HEALTH_STATUS: 'HEALTHY',
      ...(zone === undefined ? {} : { AVAILABILITY_ZONE: String(zone.attributes['AvailabilityZone']) }),
      REGION: realm.region,
      ECS_SERVICE_NAME: bareId(task.serviceArn),
      ECS_CLUSTER_NAME: task.arn.split('/').at(-2) ?? '',
      ECS_TASK_DEFINITION_FAMILY: bareId(task.taskDefinition).split(':')[0] ?? '',
    };
    // A registry that is gone, or that wants to know more than ECS can say, is nothing that a task would end for.
    if (registrationRefusal(world, realm, { ...of, InstanceAttributes }) !== undefined) continue;
    putInstance(world, realm, of, InstanceAttributes);
  }
}

/** As soon as a task is told to end nobody is to find it any more. */
export function deregisterTask(world: World, realm: Realm, task: Task): void {
  for (const { RegistryArn } of registriesOf(world, realm, task)) {
    dropInstance(world, realm, `${bareId(RegistryArn)}|${bareId(task.arn)}`);
  }
}

function registriesOf(world: World, realm: Realm, { serviceArn }: Task): readonly Registry[] {
  if (serviceArn === undefined) return [];
  const cluster = serviceArn.split('/').at(-2) ?? '';
  const id = `${serviceArn}|arn:aws:ecs:${realm.region}:${realm.account}:cluster/${cluster}`;
  const service = findRecord(world, realm, 'AWS::ECS::Service', id);
  return (service?.properties['ServiceRegistries'] ?? []) as readonly Registry[];
}
