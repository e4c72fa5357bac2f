import { services } from '../services/registry.ts';
import type { Route } from './step.ts';

export interface Coverage {
  /** Simulated operations, `ecs RunTask`, that no step calls. */
  readonly withoutStep: readonly string[];
  /** What steps call that is not simulated. */
  readonly unknown: readonly string[];
}

export async function coverage(routes: readonly Route[]): Promise<Coverage> {
  const visited = new Set(
    routes.flatMap(({ steps }) => steps.map(({ service, operation }) => `${service} ${operation}`)),
  );
  const simulated = new Set<string>();
  for (const [name, load] of Object.entries(services)) {
    for (const operation of Object.keys((await load()).operations)) simulated.add(`${name} ${operation}`);
  }
  return {
    withoutStep: [...simulated].filter((operation) => !visited.has(operation)),
    unknown: [...visited].filter((operation) => !simulated.has(operation)),
  };
}
