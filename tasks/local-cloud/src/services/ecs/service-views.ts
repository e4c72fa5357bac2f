import { resourcesOf } from '../../catalog/resources-of.ts';
import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import { currentState, forgetStates } from './service-state.ts';
import type { ServiceState } from './service-state.ts';
import { forgetTasks } from './tasks.ts';

/** A service's record and its state as of now. */
export interface ServiceView {
  readonly record: Resource;
  readonly state: ServiceState;
}

/** The services of a cluster, in order of creation; forgets what is left of those that are gone. */
export function serviceViews(world: World, realm: Realm, cluster: string): ServiceView[] {
  const records = [...resourcesOf(world, realm, 'AWS::ECS::Service')];
  const arns = new Set(records.map(({ arn }) => arn));
  forgetStates(world, realm, (arn) => arns.has(arn));
  forgetTasks(world, realm);
  return records
    .filter(({ arn }) => arn?.split('/').at(-2) === cluster)
    .map((record) => ({ record, state: currentState(world, realm, record) }));
}
