import type { Resource } from '../../resource.ts';
import type { World } from '../../world.ts';
import type { ServiceState } from './service-state.ts';
import type { Task } from './tasks.ts';

/** As many as ECS keeps. */
const EVENTS_MAX = 100;

export function nameOf(record: Resource): string {
  return String(record.properties['ServiceName'] ?? record.arn?.split('/').at(-1) ?? record.id);
}

interface Deed {
  readonly at: number;
  readonly did: string;
  readonly tasks: readonly Task[];
}

/** The state with an event about tasks, where there are any. */
export function said(world: World, record: Resource, state: ServiceState, { at, did, tasks }: Deed): ServiceState {
  if (tasks.length === 0) return state;
  const names = tasks.map(({ arn }) => `(task ${arn.split('/').at(-1) ?? arn})`).join(' ');
  return withEvent(world, state, at, `(service ${nameOf(record)}) ${did} ${tasks.length} tasks: ${names}.`);
}

export function withEvent(world: World, state: ServiceState, at: number, message: string): ServiceState {
  return { ...state, events: [{ id: world.uuid(), at, message }, ...state.events].slice(0, EVENTS_MAX) };
}
