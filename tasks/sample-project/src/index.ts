export { criticalPathSeconds, writeSampleProject } from './sample-project.ts';
export type { SampleShape, SampleStack } from './sample-project.ts';
