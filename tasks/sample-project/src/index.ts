export { criticalPathSeconds, writeSampleHook, writeSampleProject, writeSampleTemplate } from './sample-project.ts';
export type { SampleHooks, SampleShape, SampleStack } from './sample-project.ts';
