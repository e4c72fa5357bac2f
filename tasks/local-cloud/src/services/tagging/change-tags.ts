import type * as Tagging from '@aws-sdk/client-resource-groups-tagging-api';
import { changeTags } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { recordsIn } from './tagged.ts';

const ARNS_MAX = 20;
const TAGS_MAX = 50;

type Change = Parameters<typeof changeTags>[3];

export function tagResources(world: World, input: Tagging.TagResourcesInput, call: Call): Tagging.TagResourcesOutput {
  const { Tags = {} } = input;
  const reserved = Object.keys(Tags).find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) throw invalid(`Tag keys that start with aws: are reserved: ${reserved}`);
  if (Object.keys(Tags).length > TAGS_MAX) throw invalid(`At most ${TAGS_MAX} tags can be added at a time.`);
  return change(world, call, input.ResourceARNList ?? [], { add: Tags });
}

export function untagResources(
  world: World,
  input: Tagging.UntagResourcesInput,
  call: Call,
): Tagging.UntagResourcesOutput {
  return change(world, call, input.ResourceARNList ?? [], { without: input.TagKeys ?? [] });
}

/** What can be changed is changed; the others are named with the reason. */
function change(world: World, call: Call, arns: readonly string[], what: Change): Tagging.TagResourcesOutput {
  if (arns.length > ARNS_MAX) throw invalid(`At most ${ARNS_MAX} resources can be changed at a time.`);
  const records = new Map<string, Resource>();
  for (const record of recordsIn(world, call.realm)) {
    if (arns.includes(record.arn)) records.set(record.arn, record);
  }
  const failed: Record<string, Tagging.FailureInfo> = {};
  for (const arn of arns) {
    const record = records.get(arn);
    if (record === undefined) failed[arn] = failureOf(arn);
    else changeTags(world, call.realm, record, what);
  }
  return { FailedResourcesMap: failed };
}

function failureOf(arn: string): Tagging.FailureInfo {
  const ErrorMessage = arn.startsWith('arn:')
    ? `${arn} does not exist, or cannot be tagged here`
    : `${arn} is not a valid ARN`;
  return { StatusCode: 400, ErrorCode: 'InvalidParameterException', ErrorMessage };
}

function invalid(text: string): ServiceError {
  return new ServiceError('InvalidParameterException', text);
}
