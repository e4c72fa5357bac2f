import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MUTATIONS } from './mutations.ts';

const ENGINE = new URL('.', import.meta.resolve('@roundtrip/engine'));

test('what a mutation replaces stands in the engine once', () => {
  for (const { name, file, find } of MUTATIONS) {
    const text = readFileSync(fileURLToPath(new URL(file, ENGINE)), 'utf8');
    assert.is(text.split(find).length - 1, 1, name);
  }
});

test.run();
