import type { StepKind } from '@roundtrip/engine';

/** Whether a status tells that something went wrong: a failure, or a rollback that follows from one. */
export function isTrouble(status: string): boolean {
  return status.includes('ROLLBACK') || status.endsWith('_FAILED');
}

export type Phase = 'create' | 'update' | 'delete' | 'clean-up' | 'rollback';

/** What CloudFormation is doing in a status that is in progress; undefined in one that lasts. */
export function phaseOf(status: string): Phase | undefined {
  if (!status.endsWith('_IN_PROGRESS')) return undefined;
  if (status.includes('ROLLBACK')) return 'rollback';
  if (status.includes('CLEANUP')) return 'clean-up';
  if (status.startsWith('DELETE')) return 'delete';
  return status.startsWith('UPDATE') ? 'update' : 'create';
}

/** The phase that a step begins with, for the time before its first status has been seen. */
export function firstPhase(kind: StepKind): Phase {
  if (kind === 'delete' || kind === 'recreate') return 'delete';
  if (kind === 'continue-rollback') return 'rollback';
  return kind === 'create' ? 'create' : 'update';
}
