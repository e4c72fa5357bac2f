import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { operationsPage } from './operations-page.ts';
import { services } from './services/registry.ts';

test('the page of operations is the one that make sync would write', async () => {
  const page = readFileSync(new URL('../../../docs/local-cloud-operations.md', import.meta.url), 'utf8');
  assert.is(page, await operationsPage(services));
});

test('an operation that is simulated is one that AWS has', async () => {
  for (const [name, load] of Object.entries(services)) {
    const { client, operations } = await load();
    const known = (await import(`@aws-sdk/${client}`)) as Readonly<Record<string, unknown>>;
    for (const operation of Object.keys(operations)) assert.ok(`${operation}$` in known, `${name}:${operation}`);
  }
});

test.run();
