import type { Realm, World } from '../world.ts';
import { strike } from './fault-rule.ts';

/** How a task ends that was placed and started. */
export interface TaskFault {
  readonly kind: 'task-exits' | 'task-unhealthy';
  /** What the fault says in place of AWS's own text. */
  readonly text?: string | undefined;
}

/**
 * Whether the next task of a service is to end by itself or to stay unhealthy.
 *
 * @param service the stack and logical id of the service; both are empty where no template made it
 */
export function taskFault(
  world: World,
  { account, region }: Realm,
  service: { readonly stack: string; readonly logicalId: string },
): TaskFault | undefined {
  const occasion = { account, region, resourceType: 'AWS::ECS::Service', ...service };
  for (const kind of ['task-exits', 'task-unhealthy'] as const) {
    const [fault] = strike(world, [kind], occasion);
    if (fault !== undefined) return { kind, text: fault.text };
  }
  return undefined;
}
