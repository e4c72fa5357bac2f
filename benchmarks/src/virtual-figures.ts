import { criticalPathSeconds } from '@roundtrip/sample-project';
import { benchShape } from './bench-shape.ts';
import type { Figure } from './report.ts';
import { ratioTarget, THROTTLED_MAX, type Limits } from './targets.ts';
import { createVirtualEnvironment } from './virtual-environment.ts';

/**
 * Twice up and down in virtual time, where nothing but the account's limits and the waits between sweeps costs time: the same
 * figures on every machine.
 */
export async function virtualFigures(services: number, limits: Limits): Promise<Figure[]> {
  const environment = createVirtualEnvironment(services, limits);
  const shape = benchShape(services);
  const figures: Figure[] = [];
  for (const name of ['first up', 'first down', 'up', 'down']) {
    const direction = name.endsWith('up') ? 'up' : 'down';
    const { seconds, calls, throttled } = await environment.travel(direction);
    const what = `${shape.stacks.length} stacks in virtual time, ${name}`;
    const ratio = seconds / criticalPathSeconds(shape, direction);
    const target = ratioTarget(shape.stacks.length, limits);
    figures.push(
      { what: `${what}: ratio`, value: ratio, unit: '× critical path', target },
      { what: `${what}: calls`, value: calls / shape.stacks.length, unit: 'per stack', target: 3 },
    );
    if (limits === 'on') {
      figures.push({ what: `${what}: throttled calls`, value: throttled, unit: '', target: THROTTLED_MAX });
    }
  }
  return figures;
}
