import type * as SSM from '@aws-sdk/client-ssm';
import { putVersions, versionsOf } from '../../catalog/parameter-versions.ts';
import type { ParameterVersion } from '../../catalog/parameter-versions.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { invalidToken, metadataOf, parameterOf, shownValue } from './parameter.ts';

const PAGE_SIZE = 50;
const LABELS_MAX = 10;
const LABEL = /^(?!\d|aws|ssm)[\w.-]{1,100}$/i;

export function getParameterHistory(
  world: World,
  input: SSM.GetParameterHistoryRequest,
  call: Call,
): SSM.GetParameterHistoryResult {
  const record = parameterOf(world, call.realm, input.Name);
  const versions = versionsOf(world, call.realm, record);
  const { items, nextToken } = pageOf(versions, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    Parameters: items.map((version) => ({
      ...metadataOf(record.id, version),
      Value: shownValue(version, input.WithDecryption ?? false),
      Labels: [...version.labels],
    })),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** A label is on one version at a time. */
export function labelParameterVersion(
  world: World,
  input: SSM.LabelParameterVersionRequest,
  call: Call,
): SSM.LabelParameterVersionResult {
  const record = parameterOf(world, call.realm, input.Name);
  const versions = versionsOf(world, call.realm, record);
  const wanted = versionOf(versions, input.ParameterVersion);
  const good = (input.Labels ?? []).filter((label) => LABEL.test(label));
  const labels = [...new Set([...wanted.labels, ...good])];
  if (labels.length > LABELS_MAX) {
    const text =
      'A parameter version can have a maximum of ten labels. Move one or more labels to another version and try again.';
    throw new ServiceError('ParameterVersionLabelLimitExceeded', text);
  }
  const moved = versions.map((each) =>
    each === wanted ? { ...each, labels } : { ...each, labels: each.labels.filter((label) => !good.includes(label)) },
  );
  putVersions(world, call.realm, record, moved);
  return {
    InvalidLabels: (input.Labels ?? []).filter((label) => !LABEL.test(label)),
    ParameterVersion: wanted.version,
  };
}

export function unlabelParameterVersion(
  world: World,
  input: SSM.UnlabelParameterVersionRequest,
  call: Call,
): SSM.UnlabelParameterVersionResult {
  const record = parameterOf(world, call.realm, input.Name);
  const versions = versionsOf(world, call.realm, record);
  const wanted = versionOf(versions, input.ParameterVersion);
  const asked = input.Labels ?? [];
  const labels = wanted.labels.filter((label) => !asked.includes(label));
  const changed = versions.map((each) => (each === wanted ? { ...each, labels } : each));
  putVersions(world, call.realm, record, changed);
  return {
    RemovedLabels: asked.filter((label) => wanted.labels.includes(label)),
    InvalidLabels: asked.filter((label) => !wanted.labels.includes(label)),
  };
}

function versionOf(versions: readonly ParameterVersion[], asked: number | undefined): ParameterVersion {
  const found = asked === undefined ? versions.at(-1) : versions.find(({ version }) => version === asked);
  if (found !== undefined) return found;
  const text = `Systems Manager could not find version ${asked} of the parameter. Verify the version and try again.`;
  throw new ServiceError('ParameterVersionNotFound', text);
}
