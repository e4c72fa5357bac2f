import { performance } from 'node:perf_hooks';
import { createVirtualEnvironment } from './virtual-environment.ts';

/** Engine, AWS adapter and local cloud in one process, on a clock that jumps: an environment up and down. Out: real time. */
export async function virtualRoundTrip(services: number): Promise<{ readonly ms: number }> {
  const startedAt = performance.now();
  const environment = createVirtualEnvironment(services, 'off');
  await environment.travel('up');
  await environment.travel('down');
  return { ms: performance.now() - startedAt };
}
