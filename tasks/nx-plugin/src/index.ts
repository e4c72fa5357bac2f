export { teardownChanges } from './teardown-changes.ts';
export type { ReadText, TeardownChange } from './teardown-changes.ts';
