/**
 * What became of a step: it is over, it goes on by itself, it failed (the reason stands in its event already), or it
 * stops the whole stack with a reason of the stack's own.
 */
export type StepResult = 'done' | 'active' | 'failed' | { readonly stop: string };
