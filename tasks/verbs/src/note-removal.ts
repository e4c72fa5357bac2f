import type { Journal, Judgement } from '@roundtrip/engine';

/** Puts each removal of a sweep in the journal before it is sent; a journal that takes no more throws. */
export function noteRemoval(journal: Journal, run: string): (judgement: Judgement) => void {
  return ({ leftover: { arn } }) =>
    journal.write({ type: 'write', stack: arn, operation: 'DeleteResource', token: run });
}
