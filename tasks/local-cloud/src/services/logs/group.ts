import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, World } from '../../world.ts';

export const GROUP = 'AWS::Logs::LogGroup';

/** By name, or by ARN with or without the star at its end. @throws ServiceError ResourceNotFoundException */
export function logGroupOf(world: World, realm: Realm, nameOrArn: string | undefined): Resource {
  const name = (nameOrArn ?? '').replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '');
  const group = findRecord(world, realm, GROUP, name);
  if (group === undefined) throw notFound('group');
  return group;
}

export function notFound(what: 'group' | 'stream' | 'metric filter' | 'subscription filter'): ServiceError {
  const thing = what === 'group' || what === 'stream' ? `log ${what}` : what;
  return new ServiceError('ResourceNotFoundException', `The specified ${thing} does not exist.`);
}

export function invalidParameter(text: string): ServiceError {
  return new ServiceError('InvalidParameterException', text);
}

export const invalidToken = (): ServiceError => invalidParameter('The specified nextToken is invalid.');
