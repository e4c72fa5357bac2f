import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { services } from './services/registry.ts';

test('the README lists every operation that is simulated, and none that is not', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^\| (\w+) +\| (\w+(?:, \w+)*) +\|$/gm)].map(([, name, operations]) => [
    name,
    operations,
  ]);
  const simulated = await Promise.all(
    Object.entries(services).map(async ([name, load]) => [
      name,
      Object.keys((await load()).operations)
        .sort()
        .join(', '),
    ]),
  );
  assert.equal(Object.fromEntries(listed.filter(([name]) => name !== 'service')), Object.fromEntries(simulated));
});

test.run();
