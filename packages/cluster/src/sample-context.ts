import { readFileSync } from 'node:fs';
import type { EnvironmentFacts, LayerContext } from '@roundtrip/environment';
import * as v from 'valibot';
import { clusterConfig, type ClusterConfig } from './cluster-config.ts';

// For tests: a context as the tool gives it, of an unprotected environment named stage.

const FOLDER = new URL('../../', import.meta.url);

export const STAGE: EnvironmentFacts = {
  name: 'stage',
  cloud: 'local',
  account: '111111111111',
  region: 'eu-west-1',
  owner: 'platform-team',
  tags: {},
  protect: false,
};

export function sampleContext(
  section: v.InferInput<typeof clusterConfig> = {},
  facts: Partial<EnvironmentFacts> = {},
): LayerContext<ClusterConfig> {
  return {
    config: v.parse(clusterConfig, section),
    environment: { ...STAGE, ...facts },
    readFile: (path) => readFileSync(new URL(path, FOLDER), 'utf8'),
    listFiles: () => [],
    placeOf: (path) => ({ file: 'envs/stage.yaml', line: 18 + path.length, column: 3 }),
    pathOf: (file) => `packages/cluster/${file}`,
  };
}
