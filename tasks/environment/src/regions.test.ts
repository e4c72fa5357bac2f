import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { REGIONS } from './regions.ts';

interface PartitionsModule {
  readonly partitionsInfo: { readonly partitions: readonly { readonly regions: Readonly<Record<string, unknown>> }[] };
}

test('the list of regions is the one of the installed SDK', async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@aws-sdk/core/package.json'));
  const file = join(folder, 'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js');
  const { partitionsInfo } = (await import(pathToFileURL(file).href)) as PartitionsModule;
  const known = partitionsInfo.partitions.flatMap(({ regions }) => Object.keys(regions));
  // The "-global" ones stand for services without a region; nothing can be built in them.
  assert.equal([...REGIONS], known.filter((name) => !name.endsWith('-global')).sort());
});

test.run();
