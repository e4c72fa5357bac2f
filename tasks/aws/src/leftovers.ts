import {
  CloudControlClient,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  paginateListResources,
} from '@aws-sdk/client-cloudcontrol';
import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { isNamedAfter, patiently, TAG, type Leftover, type Remains, type StackCloud } from '@roundtrip/engine';
import { typedIdOf } from './arn-type.ts';
import { createCallCounter } from './call-counter.ts';
import { clientOf } from './client-of.ts';
import type { ClientSettings } from './client-settings.ts';

const STACK_TAG = 'aws:cloudformation:stack-name';
const LOGICAL_TAG = 'aws:cloudformation:logical-id';
const LOG_GROUP = 'AWS::Logs::LogGroup';

/** How often a removal is looked at, and for how long. */
const REMOVAL_POLL_MS = 500;
const REMOVAL_POLLS_MAX = 240;

/**
 * Finds through the tagging API and by name, and asks Cloud Control whether each thing really is there: the tagging
 * API goes on listing what was just deleted, and keys that are only waiting for their deletion.
 */
export function createRemains(
  settings: ClientSettings,
  stacks: StackCloud,
  sleep: (ms: number) => Promise<void>,
): Remains {
  const counter = createCallCounter();
  const tagging = clientOf(ResourceGroupsTaggingAPIClient, 'tagging', settings, counter);
  const control = clientOf(CloudControlClient, 'cloudcontrolapi', settings, counter);
  return {
    async find(environment) {
      const standing = (await patiently({ sleep }, () => stacks.sweep())).filter(
        (stack) => stack.tags[TAG.environment] === environment,
      );
      const names = new Set(standing.map((stack) => stack.name));
      const tagged = await findTagged(tagging, environment, names);
      const named = await findLogGroups(control, environment);
      const found = new Map([...named, ...tagged].map((one) => [`${one.type}|${one.id ?? one.arn}`, one]));
      const existing = await Promise.all(
        [...found.values()].map(async (one) => ((await exists(control, one)) ? [one] : [])),
      );
      const ofStacks = standing.map((stack): Leftover => ({
        arn: stack.id,
        type: 'AWS::CloudFormation::Stack',
        foundBy: 'stack',
      }));
      return [...ofStacks, ...existing.flat()];
    },
    exists: (leftover) => exists(control, leftover),
    remove: (leftover) => remove(control, leftover, sleep),
  };
}

async function findTagged(
  client: ResourceGroupsTaggingAPIClient,
  environment: string,
  standing: ReadonlySet<string>,
): Promise<Leftover[]> {
  const found: Leftover[] = [];
  const filter = { TagFilters: [{ Key: TAG.environment, Values: [environment] }] };
  for await (const page of paginateGetResources({ client }, filter)) {
    for (const { ResourceARN: arn = '', Tags: tags = [] } of page.ResourceTagMappingList ?? []) {
      if (arn.includes(':cloudformation:')) continue;
      const value = (key: string): string | undefined => tags.find((tag) => tag.Key === key)?.Value;
      const logicalId = value(LOGICAL_TAG);
      const foundBy = standing.has(value(STACK_TAG) ?? '') ? 'stack' : 'tag';
      found.push({ arn, ...typedIdOf(arn), foundBy, ...(logicalId === undefined ? {} : { logicalId }) });
    }
  }
  return found;
}

async function findLogGroups(client: CloudControlClient, environment: string): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for await (const page of paginateListResources({ client }, { TypeName: LOG_GROUP })) {
    for (const { Identifier: id = '' } of page.ResourceDescriptions ?? []) {
      if (isNamedAfter(environment, id)) found.push({ arn: `log group ${id}`, type: LOG_GROUP, id, foundBy: 'name' });
    }
  }
  return found;
}

/** What Cloud Control does not know is taken for real: better reported once too often than missed. */
async function exists(client: CloudControlClient, { type, id }: Leftover): Promise<boolean> {
  if (type === undefined || id === undefined) return true;
  try {
    await client.send(new GetResourceCommand({ TypeName: type, Identifier: id }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return false;
    if (error instanceof Error && ['UnsupportedActionException', 'TypeNotFoundException'].includes(error.name))
      return true;
    throw error;
  }
}

async function remove(
  client: CloudControlClient,
  { type, id, arn }: Leftover,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  const begun = await client.send(new DeleteResourceCommand({ TypeName: type, Identifier: id }));
  let event = begun.ProgressEvent;
  for (let poll = 0; poll < REMOVAL_POLLS_MAX; poll += 1) {
    if (event?.OperationStatus === 'SUCCESS' || event?.ErrorCode === 'NotFound') return;
    if (event?.OperationStatus === 'FAILED' || event?.OperationStatus === 'CANCEL_COMPLETE') break;
    await sleep(REMOVAL_POLL_MS);
    const status = await client.send(new GetResourceRequestStatusCommand({ RequestToken: event?.RequestToken }));
    event = status.ProgressEvent;
  }
  throw new RangeError(`${arn} could not be removed: ${event?.StatusMessage ?? event?.OperationStatus ?? 'no answer'}`);
}
