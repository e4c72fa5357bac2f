import type * as SSM from '@aws-sdk/client-ssm';
import { resourcesOf } from '../../catalog/resources-of.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, Service, World } from '../../world.ts';
import { pageOf } from '../page.ts';

const TYPE = 'AWS::SSM::Parameter';
const PAGE_SIZE = 10;

/** Parameter Store; see SPEC.md beside this file. */
export const ssm: Service = {
  client: 'client-ssm',
  operations: {
    GetParameter: getParameter,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    PutParameter: putParameter,
    DeleteParameter: deleteParameter,
    DeleteParameters: deleteParameters,
  },
};

function getParameter(world: World, input: SSM.GetParameterRequest, call: Call): SSM.GetParameterResult {
  const parameter = parameterOf(world, call.realm, input.Name);
  return { Parameter: describe(parameter, call.realm, input.WithDecryption ?? false) };
}

function getParameters(world: World, input: SSM.GetParametersRequest, call: Call): SSM.GetParametersResult {
  const found = (input.Names ?? []).map((name) => [name, find(world, call.realm, name)] as const);
  const isDecrypted = input.WithDecryption ?? false;
  return {
    Parameters: found.flatMap(([, record]) =>
      record === undefined ? [] : [describe(record, call.realm, isDecrypted)],
    ),
    InvalidParameters: found.flatMap(([name, record]) => (record === undefined ? [name] : [])),
  };
}

function getParametersByPath(
  world: World,
  input: SSM.GetParametersByPathRequest,
  call: Call,
): SSM.GetParametersByPathResult {
  const path = `${(input.Path ?? '').replace(/\/$/, '')}/`;
  const below = [...resourcesOf(world, call.realm, TYPE)]
    .filter(({ id }) => id.startsWith(path) && (input.Recursive === true || !id.slice(path.length).includes('/')))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const invalid = (): ServiceError => new ServiceError('InvalidNextToken', 'The specified token is not valid.');
  const { items, nextToken } = pageOf(below, input.MaxResults ?? PAGE_SIZE, input.NextToken, invalid);
  return {
    Parameters: items.map((record) => describe(record, call.realm, input.WithDecryption ?? false)),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

function putParameter(world: World, input: SSM.PutParameterRequest, call: Call): SSM.PutParameterResult {
  const name = input.Name ?? '';
  const known = find(world, call.realm, name);
  if (known !== undefined && input.Overwrite !== true) {
    throw new ServiceError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
  const Type = input.Type ?? known?.properties['Type'];
  if (Type === undefined) {
    throw new ServiceError('ValidationException', 'A parameter type is required when you create a parameter.');
  }
  const Version = known === undefined ? 1 : versionOf(known) + 1;
  const Value = input.Value ?? '';
  const fresh = {
    type: TYPE,
    id: name,
    ref: name,
    arn: arnOf(call.realm, name),
    tags: tagsOf(input),
    createdAt: world.now,
  };
  resources(world, call.realm).put(resourceKey(TYPE, name), {
    ...(known ?? fresh),
    attributes: { ...known?.attributes, Type, Value },
    properties: { ...known?.properties, Name: name, Type, Value, Version, LastModified: world.now },
  });
  return { Version, Tier: 'Standard' };
}

function deleteParameter(world: World, input: SSM.DeleteParameterRequest, call: Call): object {
  const { id } = parameterOf(world, call.realm, input.Name);
  resources(world, call.realm).delete(resourceKey(TYPE, id));
  return {};
}

function deleteParameters(world: World, input: SSM.DeleteParametersRequest, call: Call): SSM.DeleteParametersResult {
  const names = input.Names ?? [];
  const isThere = new Set(names.filter((name) => find(world, call.realm, name) !== undefined));
  for (const name of isThere) resources(world, call.realm).delete(resourceKey(TYPE, name));
  return { DeletedParameters: [...isThere], InvalidParameters: names.filter((name) => !isThere.has(name)) };
}

function tagsOf(input: SSM.PutParameterRequest): Record<string, string> {
  return Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}

function describe(record: Resource, realm: Realm, isDecrypted: boolean): SSM.Parameter {
  const { Type, Value, LastModified, DataType } = record.properties;
  const text = String(Value ?? '');
  const isHidden = Type === 'SecureString' && !isDecrypted;
  return {
    Name: record.id,
    Type: (Type ?? 'String') as SSM.ParameterType,
    // What KMS would give is not to be read by anybody; neither is this.
    Value: isHidden ? Buffer.from(`encrypted:${text}`).toString('base64') : text,
    Version: versionOf(record),
    LastModifiedDate: new Date(Number(LastModified ?? record.createdAt)),
    ARN: record.arn ?? arnOf(realm, record.id),
    DataType: String(DataType ?? 'text'),
  };
}

function versionOf(record: Resource): number {
  return Number(record.properties['Version'] ?? 1);
}

/** @throws ServiceError ParameterNotFound */
function parameterOf(world: World, realm: Realm, name: string | undefined): Resource {
  const record = find(world, realm, name ?? '');
  if (record === undefined) throw new ServiceError('ParameterNotFound', `Parameter ${name ?? ''} not found.`);
  return record;
}

/** By name or ARN. */
function find(world: World, realm: Realm, nameOrArn: string): Resource | undefined {
  const table = resources(world, realm);
  if (!nameOrArn.startsWith('arn:')) return table.get(resourceKey(TYPE, nameOrArn));
  const name = nameOrArn.replace(/^.*:parameter\//, '');
  return table.get(resourceKey(TYPE, `/${name}`)) ?? table.get(resourceKey(TYPE, name));
}

function arnOf({ region, account }: Realm, name: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
}
