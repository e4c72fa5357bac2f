import { fileURLToPath } from 'node:url';
import { cutSpec } from './cut-spec.ts';

// Called by set-up each time: says nothing where there is nothing to do.
const count = await cutSpec(fileURLToPath(new URL('../data', import.meta.url)));
if (count > 0) process.stdout.write(`cut ${count} resource types out of AWS's specification\n`);
