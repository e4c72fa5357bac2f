import type * as ECS from '@aws-sdk/client-ecs';
import { createRecord, deleteRecord } from '../../catalog/record.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { propertiesOf } from '../pascal-case.ts';
import { invalidToken, tagList, tagMap } from './shapes.ts';
import { describeDefinition, partsOf, taskDefinitionArn, taskDefinitionRecord } from './task-definitions.ts';

const TYPE = 'AWS::ECS::TaskDefinition';
const PAGE_SIZE = 100;

export function registerTaskDefinition(
  world: World,
  input: ECS.RegisterTaskDefinitionRequest,
  call: Call,
): ECS.RegisterTaskDefinitionResponse {
  const properties = propertiesOf(input, 'tags');
  const record = createRecord(world, call.realm, { type: TYPE, properties, tags: tagMap(input.tags) });
  return { taskDefinition: describeDefinition(record), tags: tagList(record.tags) };
}

/** What services run goes on; new ones cannot be made from it. */
export function deregisterTaskDefinition(
  world: World,
  input: ECS.DeregisterTaskDefinitionRequest,
  call: Call,
): ECS.DeregisterTaskDefinitionResponse {
  const arn = taskDefinitionArn(world, call.realm, input.taskDefinition ?? '');
  const record = taskDefinitionRecord(world, call.realm, arn);
  deleteRecord({ world, realm: call.realm, type: TYPE, id: arn });
  return record === undefined
    ? {}
    : {
        taskDefinition: { ...describeDefinition(record), status: 'INACTIVE', deregisteredAt: new Date(world.now) },
      };
}

export function listTaskDefinitions(
  world: World,
  input: ECS.ListTaskDefinitionsRequest,
  call: Call,
): ECS.ListTaskDefinitionsResponse {
  const wanted = all(world, call.realm)
    .filter((arn) => input.familyPrefix === undefined || partsOf(arn).family === input.familyPrefix)
    .filter(() => (input.status ?? 'ACTIVE') === 'ACTIVE');
  const arns = input.sort === 'DESC' ? wanted.reverse() : wanted;
  const { items, nextToken } = pageOf(arns, input.maxResults ?? PAGE_SIZE, input.nextToken, invalidToken);
  return { taskDefinitionArns: [...items], ...(nextToken === undefined ? {} : { nextToken }) };
}

export function listTaskDefinitionFamilies(
  world: World,
  input: ECS.ListTaskDefinitionFamiliesRequest,
  call: Call,
): ECS.ListTaskDefinitionFamiliesResponse {
  const families = [...new Set(all(world, call.realm).map((arn) => partsOf(arn).family))].filter((family) =>
    family.startsWith(input.familyPrefix ?? ''),
  );
  const { items, nextToken } = pageOf(families, input.maxResults ?? PAGE_SIZE, input.nextToken, invalidToken);
  return { families: [...items], ...(nextToken === undefined ? {} : { nextToken }) };
}

function all(world: World, realm: Realm): string[] {
  const arns = [...resourcesOf(world, realm, TYPE)].map(({ arn, id }) => arn ?? id);
  const revision = (arn: string): number => Number(partsOf(arn).revision);
  return arns.sort((a, b) => partsOf(a).family.localeCompare(partsOf(b).family) || revision(a) - revision(b));
}
