export {
  criticalPathSeconds,
  SAMPLE_ACCOUNT,
  SAMPLE_REGION,
  writeSampleHook,
  writeSampleProject,
  writeSampleTemplate,
} from './sample-project.ts';
export type { SampleHooks, SampleShape, SampleStack } from './sample-project.ts';
