import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@roundtrip/problem';
import type { Layer } from './environment.ts';
import { environmentSchema } from './environment-schema.ts';

/** Where the schema stands, relative to the project's root: beside the env files, whose first line names it. */
export const SCHEMA_FILE = 'envs/environment.schema.json';

/** The text of the schema file for these layers. */
export async function schemaText(layers: readonly Layer[]): Promise<string> {
  return `${JSON.stringify(await environmentSchema(layers), null, 2)}\n`;
}

/** What is wrong with the schema file under `root`, if it does not hold this text. */
export function schemaFileProblem(root: string, text: string): Problem | undefined {
  const file = join(root, SCHEMA_FILE);
  const there = existsSync(file);
  if (there && readFileSync(file, 'utf8') === text) return undefined;
  return {
    code: 'stale-schema',
    place: { file: SCHEMA_FILE },
    what: there ? 'this schema is not the one that the layers give' : 'the schema of the env files does not exist',
    why: 'editors check env files by it, and it is made from the config schemas in packages/*/layer.ts',
    next: 'type: make sync',
  };
}
