import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, ProblemError, formatProblem } from '@roundtrip/problem';
import { discoverLayers } from './discover-layers.ts';
import { SCHEMA_FILE, schemaFileProblem, schemaText } from './schema-file.ts';

/** `node write-schema.js [--check] [--root <folder>]`: writes the schema of the env files, or says that it is stale. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, root: { type: 'string' } } });
  const root = resolve(values.root ?? join(import.meta.dirname, '../../..'));
  const text = await schemaText(await discoverLayers(root));
  const problem = schemaFileProblem(root, text);
  if (!problem) return EXIT.done;
  if (values.check) {
    console.error(formatProblem(problem));
    return EXIT.failed;
  }
  writeFileSync(join(root, SCHEMA_FILE), text);
  console.log(`wrote ${SCHEMA_FILE}`);
  return EXIT.done;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
