import type * as SSM from '@aws-sdk/client-ssm';
import { versionsOf, versionWith } from '../../catalog/parameter-versions.ts';
import type { ParameterVersion } from '../../catalog/parameter-versions.ts';
import { LISTED_NAMES, PUBLIC_PARAMETERS_AT, publicParameter } from '../../catalog/public-parameters.ts';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { arnOf, findParameter, invalidToken, notFound, PARAMETER, shownValue, validation } from './parameter.ts';

const PAGE_SIZE = 10;

export function getParameter(world: World, input: SSM.GetParameterRequest, call: Call): SSM.GetParameterResult {
  const found = find(world, call.realm, input.Name ?? '', input.WithDecryption);
  if (found === undefined) throw notFound(input.Name);
  if (found !== 'no such version') return { Parameter: found };
  const [name, selector = ''] = splitSelector(input.Name ?? '');
  const what = /^\d+$/.test(selector) ? `version ${selector}` : `label ${selector}`;
  const text = `Systems Manager could not find ${what} of ${name}. Verify the version and try again.`;
  throw new ServiceError('ParameterVersionNotFound', text);
}

export function getParameters(world: World, input: SSM.GetParametersRequest, call: Call): SSM.GetParametersResult {
  const found = (input.Names ?? []).map((name) => ({ name, one: find(world, call.realm, name, input.WithDecryption) }));
  return {
    Parameters: found.flatMap(({ one }) => (typeof one === 'object' ? [one] : [])),
    InvalidParameters: found.flatMap(({ name, one }) => (typeof one === 'object' ? [] : [name])),
  };
}

export function getParametersByPath(
  world: World,
  input: SSM.GetParametersByPathRequest,
  call: Call,
): SSM.GetParametersByPathResult {
  const { Path = '', Recursive = false } = input;
  if (!Path.startsWith('/')) {
    throw validation(
      `The parameter doesn't meet the parameter name requirements. The path must begin with a forward slash "/": ${Path}`,
    );
  }
  const path = `${Path.replace(/\/$/, '')}/`;
  const isBelow = (name: string): boolean =>
    name.startsWith(path) && (Recursive || !name.slice(path.length).includes('/'));
  const own = [...resourcesOf(world, call.realm, PARAMETER)].map(({ id }) => id);
  const names = [...own, ...LISTED_NAMES].filter(isBelow).toSorted();
  const { items, nextToken } = pageOf(names, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalidToken);
  return {
    Parameters: items.flatMap((name) => {
      const one = find(world, call.realm, name, input.WithDecryption);
      return typeof one === 'object' ? [one] : [];
    }),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

/** By name or ARN, with a version or a label after a colon. */
function find(
  world: World,
  realm: Realm,
  asked: string,
  isDecrypted = false,
): SSM.Parameter | 'no such version' | undefined {
  const [name, selector] = splitSelector(asked);
  const record = findParameter(world, realm, name);
  if (record === undefined) return publicOne(realm, name);
  const version = versionWith(versionsOf(world, realm, record), selector);
  if (version === undefined) return 'no such version';
  const ARN = record.arn ?? arnOf(realm, record.id);
  return {
    ...describe(record.id, version, isDecrypted),
    ARN,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
  };
}

function publicOne({ region }: Realm, name: string): SSM.Parameter | undefined {
  const known = publicParameter(region, name);
  if (known === undefined) return undefined;
  const isImage = known.value.startsWith('ami-');
  const version = { version: 1, type: 'String', value: known.value, at: PUBLIC_PARAMETERS_AT, labels: [] };
  return {
    ...describe(name, version, false),
    ARN: `arn:aws:ssm:${region}::parameter${name}`,
    DataType: isImage ? 'aws:ec2:image' : 'text',
  };
}

function describe(name: string, version: ParameterVersion, isDecrypted: boolean): SSM.Parameter {
  return {
    Name: name,
    Type: version.type as SSM.ParameterType,
    Value: shownValue(version, isDecrypted),
    Version: version.version,
    LastModifiedDate: new Date(version.at),
    DataType: version.dataType ?? 'text',
  };
}

/** An ARN has colons of its own. */
function splitSelector(asked: string): readonly [name: string, selector?: string] {
  const parts = /^(arn:(?:[^:]*:){4}[^:]+|[^:]+)(?::(.+))?$/.exec(asked);
  return parts?.[2] === undefined ? [parts?.[1] ?? asked] : [parts[1] ?? '', parts[2]];
}
