import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Files that a workspace's own script writes, and compares instead when it is given `--check`. */
export interface GeneratedFiles {
  readonly name: string;
  /** What is so when they are in step. */
  readonly what: string;
  /** Relative to the project's root. */
  readonly script: string;
}

const GENERATED: readonly GeneratedFiles[] = [
  {
    name: 'schema',
    what: 'the editors’ schema is that of the layers',
    script: 'tasks/environment/dist/write-schema.js',
  },
  {
    name: 'jobs',
    what: 'the jobs are those of the schedules in envs/',
    script: 'packages/jenkins-bootstrap/dist/src/write-jobs.js',
  },
  {
    name: 'operations',
    what: 'docs/local-cloud-operations.md lists what the local cloud does',
    script: 'tasks/local-cloud/dist/write-operations.js',
  },
];

/** Those whose workspace is part of this project: somebody may well run without the Jenkins layer. */
export function generatedFiles(root: string): readonly GeneratedFiles[] {
  return GENERATED.filter(({ script }) => existsSync(join(root, script.replace(/\/dist\/.*/, '/package.json'))));
}
