import type * as SSM from '@aws-sdk/client-ssm';
import { deleteRecord } from '../../catalog/record.ts';
import type { Call, World } from '../../world.ts';
import { findParameter, PARAMETER, parameterOf } from './parameter.ts';

export function deleteParameter(world: World, input: SSM.DeleteParameterRequest, call: Call): object {
  const { id } = parameterOf(world, call.realm, input.Name);
  deleteRecord({ world, realm: call.realm, type: PARAMETER, id });
  return {};
}

export function deleteParameters(
  world: World,
  input: SSM.DeleteParametersRequest,
  call: Call,
): SSM.DeleteParametersResult {
  const names = [...new Set(input.Names ?? [])];
  const isThere = new Set(names.filter((name) => findParameter(world, call.realm, name) !== undefined));
  for (const name of isThere) deleteParameter(world, { Name: name }, call);
  return { DeletedParameters: [...isThere], InvalidParameters: names.filter((name) => !isThere.has(name)) };
}
