import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { median } from './median.ts';
import type { Figure } from './report.ts';

const RUNS = 5;

/** What the machine gives at the moment: times of a slow hour are read beside it, first and last of a report. */
export function emptyNode(): Figure {
  const times = Array.from({ length: RUNS }, () => {
    const startedAt = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    return (performance.now() - startedAt) / 1000;
  });
  return { what: 'an empty Node process, for comparison', value: median(times), unit: 's' };
}
