import { readFileSync } from 'node:fs';
import type { LayerContext } from '@roundtrip/environment';
import * as v from 'valibot';
import { networkConfig, type NetworkConfig } from './network-config.ts';

// For tests: a context as the tool gives it, of an unprotected environment named stage.

const FOLDER = new URL('../../', import.meta.url);

export function sampleContext(section: v.InferInput<typeof networkConfig>): LayerContext<NetworkConfig> {
  return {
    config: v.parse(networkConfig, section),
    environment: {
      name: 'stage',
      cloud: 'local',
      account: '111111111111',
      region: 'eu-west-1',
      owner: 'platform-team',
      tags: {},
      protect: false,
    },
    readFile: (path) => readFileSync(new URL(path, FOLDER), 'utf8'),
    listFiles: () => [],
    placeOf: (path) => ({ file: 'envs/stage.yaml', line: 8 + path.length, column: 3 }),
    pathOf: (file) => `packages/network/${file}`,
  };
}
