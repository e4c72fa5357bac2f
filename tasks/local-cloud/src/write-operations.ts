import { readFileSync, writeFileSync } from 'node:fs';
import { operationsPage } from './operations-page.ts';
import { services } from './services/registry.ts';

// Writes docs/local-cloud-operations.md. `--check` writes nothing and exits 1 when it is stale.
const path = new URL('../../../docs/local-cloud-operations.md', import.meta.url);
const page = await operationsPage(services);
if (!process.argv.includes('--check')) writeFileSync(path, page);
else if (readFileSync(path, 'utf8') !== page) {
  console.error(
    'docs/local-cloud-operations.md lists other operations than the local cloud has\nwhy:  it is written from the code\nnext: make sync',
  );
  process.exitCode = 1;
}
