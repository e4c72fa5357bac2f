import type * as ECS from '@aws-sdk/client-ecs';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { camelCase } from '../camel-case.ts';
import { tagList } from './shapes.ts';

export function describeTaskDefinition(
  world: World,
  input: ECS.DescribeTaskDefinitionRequest,
  call: Call,
): ECS.DescribeTaskDefinitionResponse {
  const record = taskDefinitionRecord(world, call.realm, input.taskDefinition ?? '');
  if (record === undefined) throw new ServiceError('ClientException', 'Unable to describe task definition.');
  const wantsTags = input.include?.includes('TAGS') ?? false;
  return {
    taskDefinition: describeDefinition(record),
    ...(wantsTags ? { tags: tagList(record.tags) } : {}),
  };
}

export function describeDefinition(record: Resource): ECS.TaskDefinition {
  const { family, revision } = partsOf(record.arn ?? record.id);
  return {
    ...(camelCase(record.properties) as Partial<ECS.TaskDefinition>),
    taskDefinitionArn: record.arn ?? record.id,
    family,
    revision: Number(revision),
    status: 'ACTIVE',
    registeredAt: new Date(record.createdAt),
  };
}

/** The ARN of a task definition given by ARN, `family:revision` or `family`. @throws ServiceError ClientException */
export function taskDefinitionArn(world: World, realm: Realm, asked: string): string {
  const record = taskDefinitionRecord(world, realm, asked);
  if (record === undefined) throw new ServiceError('ClientException', 'TaskDefinition not found.');
  return record.arn ?? record.id;
}

export function taskDefinitionRecord(world: World, realm: Realm, asked: string): Resource | undefined {
  const { family, revision } = partsOf(asked);
  const all = [...resourcesOf(world, realm, 'AWS::ECS::TaskDefinition')].map((record) => ({
    record,
    ...partsOf(record.arn ?? record.id),
  }));
  const own = all.filter((candidate) => candidate.family === family);
  if (revision !== undefined) return own.find((candidate) => candidate.revision === revision)?.record;
  return own.sort((left, right) => Number(right.revision) - Number(left.revision))[0]?.record;
}

export function partsOf(arnOrName: string): { readonly family: string; readonly revision: string | undefined } {
  const [family = '', revision] = (arnOrName.split('/').at(-1) ?? '').split(':');
  return { family, revision };
}
