import { criticalPathSeconds } from '@roundtrip/sample-project';
import { benchShape } from './bench-shape.ts';
import type { Figure } from './report.ts';
import { createVirtualEnvironment } from './virtual-environment.ts';

/** What a run promises of an account that allows 10 reads and 5 writes a second. */
export const RATE_TARGETS = { ratio: 1.15, throttled: 19 } as const;

/** Twice up and down in virtual time, where nothing but the account's limits and the waits between sweeps costs time. */
export async function virtualRateFigures(services: number): Promise<Figure[]> {
  const environment = createVirtualEnvironment(services, 'on');
  const shape = benchShape(services);
  const figures: Figure[] = [];
  for (const name of ['first up', 'first down', 'up', 'down']) {
    const direction = name.endsWith('up') ? 'up' : 'down';
    const { seconds, calls, throttled } = await environment.travel(direction);
    const what = `${shape.stacks.length} stacks in virtual time, ${name}`;
    const ratio = seconds / criticalPathSeconds(shape, direction);
    figures.push(
      { what: `${what}: ratio`, value: ratio, unit: '× critical path', target: RATE_TARGETS.ratio },
      { what: `${what}: calls`, value: calls / shape.stacks.length, unit: 'per stack', target: 3 },
      { what: `${what}: throttled calls`, value: throttled, unit: '', target: RATE_TARGETS.throttled },
    );
  }
  return figures;
}
