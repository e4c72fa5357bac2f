import { readdirSync, readFileSync } from 'node:fs';
import type { EnvironmentFacts, LayerContext } from '@roundtrip/environment';
import * as v from 'valibot';
import { configSchema, type ServicesConfig } from './config.ts';

// For tests: a context as the tool gives it, on files that a test writes down or on this layer's own.

const FACTS: EnvironmentFacts = {
  name: 'stage',
  cloud: 'local',
  account: '111111111111',
  region: 'eu-west-1',
  owner: 'platform-team',
  tags: {},
  protect: false,
};

const FOLDER = new URL('../../', import.meta.url);

/** @param files name → text, in `services/`; left out: the layer's own files */
export function sampleContext(
  section: v.InferInput<typeof configSchema> = {},
  files?: Readonly<Record<string, string>>,
): LayerContext<ServicesConfig> {
  const inside = (path: string) => new URL(path, FOLDER);
  return {
    config: v.parse(configSchema, section),
    environment: FACTS,
    readFile: (path) => files?.[path.replace('services/', '')] ?? readFileSync(inside(path), 'utf8'),
    listFiles: (folder) =>
      (files && folder === 'services' ? Object.keys(files) : readdirSync(inside(folder))).toSorted(),
    placeOf: (path) => ({ file: 'envs/stage.yaml', line: path.length, column: 1 }),
    pathOf: (file) => `packages/services/${file}`,
  };
}
