import type * as ECS from '@aws-sdk/client-ecs';
import { ServiceError } from '../../world.ts';

export function tagList(tags: Readonly<Record<string, string>>): ECS.Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function tagMap(tags: readonly ECS.Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ key = '', value = '' }) => [key, value]));
}

export function invalidToken(): ServiceError {
  return new ServiceError('InvalidParameterException', 'Invalid token');
}
