import type * as SSM from '@aws-sdk/client-ssm';
import { createRecord } from '../../catalog/record.ts';
import { addVersion, putVersions, versionsOf } from '../../catalog/parameter-versions.ts';
import { putRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { findParameter, PARAMETER, validation } from './parameter.ts';

const LEVELS_MAX = 15;
const LENGTH_MAX = { Standard: 4096, Advanced: 8192 };

export function putParameter(world: World, input: SSM.PutParameterRequest, call: Call): SSM.PutParameterResult {
  const name = input.Name ?? '';
  const known = findParameter(world, call.realm, name);
  checkName(name);
  checkOverwrite(input, known);
  const Type = input.Type ?? (known?.properties['Type'] as SSM.ParameterType | undefined);
  if (Type === undefined) throw validation('A parameter type is required when you create a parameter.');
  const Tier = tierOf(input, known);
  checkValue(input, Type);
  const properties = {
    ...{ Name: name, Type, Value: input.Value ?? '', Tier },
    ...(input.Description === undefined ? {} : { Description: input.Description }),
    ...(input.AllowedPattern === undefined ? {} : { AllowedPattern: input.AllowedPattern }),
    ...(input.DataType === undefined ? {} : { DataType: input.DataType }),
    ...(input.KeyId === undefined ? {} : { KeyId: input.KeyId }),
  };
  const record = known ?? createRecord(world, call.realm, { type: PARAMETER, properties, tags: tagMap(input.Tags) });
  if (known === undefined) {
    const first = versionsOf(world, call.realm, record).map((each) => ({ ...each, user: call.callerArn }));
    putVersions(world, call.realm, record, first);
  } else overwrite(world, call, known, properties);
  return { Version: versionsOf(world, call.realm, record).at(-1)?.version, Tier };
}

function overwrite(world: World, call: Call, known: Resource, properties: Readonly<Record<string, unknown>>): void {
  const after = {
    ...known,
    attributes: { ...known.attributes, Type: properties['Type'], Value: properties['Value'] },
    properties: { ...known.properties, ...properties },
  };
  putRecord(world, call.realm, after);
  addVersion(world, call.realm, known, after, call.callerArn);
}

function checkOverwrite({ Overwrite, Tags }: SSM.PutParameterRequest, known: Resource | undefined): void {
  if (Overwrite === true && (Tags ?? []).length > 0) {
    throw validation(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove " +
        'overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.',
    );
  }
  if (known === undefined || Overwrite === true) return;
  throw new ServiceError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );
}

function checkName(name: string): void {
  if (/^\/aws(?:\/|$)/i.test(name)) {
    throw new ServiceError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  }
  if (/^\/?(?:aws|ssm)/i.test(name) || !/^[\w./-]+$/.test(name)) {
    throw validation(
      'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive). If formed as a path, it can consist ' +
        'of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the ' +
        'following 3 symbols .-_',
    );
  }
  if (name.includes('/') && !name.startsWith('/')) {
    throw validation('Parameter name must be a fully qualified name.');
  }
  if (name.split('/').length - 1 <= LEVELS_MAX) return;
  throw new ServiceError(
    'HierarchyLevelLimitExceededException',
    'A parameter name can have a maximum of fifteen levels. For more information, see the Parameter Store documentation.',
  );
}

/** A parameter that is once advanced stays so; Intelligent-Tiering takes the smallest that is enough. */
function tierOf({ Tier, Value = '' }: SSM.PutParameterRequest, known: Resource | undefined): 'Standard' | 'Advanced' {
  const length = Buffer.byteLength(Value);
  const wasAdvanced = known?.properties['Tier'] === 'Advanced';
  const isLarge = length > LENGTH_MAX.Standard;
  const tier =
    Tier === 'Advanced' || wasAdvanced || (Tier === 'Intelligent-Tiering' && isLarge) ? 'Advanced' : 'Standard';
  if (length <= LENGTH_MAX[tier]) return tier;
  throw validation(
    tier === 'Standard'
      ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter ' +
          'value, upgrade the parameter to use the advanced-parameter tier. For more information, see ' +
          'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
      : 'Advanced tier parameters support a maximum parameter value of 8192 characters.',
  );
}

function checkValue({ Value = '', AllowedPattern, DataType }: SSM.PutParameterRequest, type: string): void {
  if (!['String', 'StringList', 'SecureString'].includes(type)) {
    throw new ServiceError('UnsupportedParameterType', 'The parameter type is not supported.');
  }
  if (Value === '') {
    throw validation(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length " +
        'greater than or equal to 1.',
    );
  }
  if (AllowedPattern !== undefined && !new RegExp(AllowedPattern).test(Value)) {
    throw new ServiceError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${AllowedPattern}`,
    );
  }
  if (DataType !== undefined && !['text', 'aws:ec2:image', 'aws:ssm:integration'].includes(DataType)) {
    throw validation(
      `The following data type is not supported: ${DataType} (Data type names are all lowercase letters.)`,
    );
  }
}
