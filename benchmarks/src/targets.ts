/** Whether the account throttles, at 10 reads and 5 writes a second. */
export type Limits = 'on' | 'off';

/** Fewer than 20. */
export const THROTTLED_MAX = 19;

/** The wall time that is good enough, as a multiple of the critical path. */
export function ratioTarget(stacks: number, limits: Limits): number {
  if (limits === 'on') return 1.15;
  return stacks > 100 ? 1.1 : 1.05;
}
