import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { outcomes } from './test-journal.ts';
import { latestJournals, readJournal } from './journal-file.ts';
import { openRecorder } from './test-endpoint.ts';
import {
  ENV_FILE,
  freePort,
  openTestProject,
  startVerb,
  testEnv,
  writeProject,
  type TestProject,
} from './test-project.ts';
import { stack } from './test-shape.ts';

const SHAPE = { layers: { network: [] }, stacks: [stack('network', '')] };

/** The endpoint that AWS_ENDPOINT_URL names: the local cloud of another checkout stands for any other one. */
let cloud: TestProject;
let root: string;
test.before(async () => {
  cloud = await openTestProject(SHAPE);
  root = realpathSync(mkdtempSync(join(tmpdir(), 'roundtrip-aws-')));
  writeProject(root, SHAPE);
  writeFileSync(join(root, 'envs/demo.yaml'), ENV_FILE.replace('cloud: local', 'cloud: aws'));
});
test.after(async () => {
  await cloud.close();
  rmSync(root, { recursive: true, force: true });
});

test('cloud: aws goes to AWS_ENDPOINT_URL and nowhere else, with nothing of the local cloud', async () => {
  const recorder = await openRecorder(cloud.endpoint);
  const loaded = join(root, 'loaded.txt');
  const env = {
    ...testEnv(root, await freePort()),
    AWS_ENDPOINT_URL: recorder.url,
    AWS_ACCESS_KEY_ID: '333333333333',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    NODE_OPTIONS: `--import=${writeModuleRecorder(loaded)}`,
  };
  try {
    const up = await startVerb('run', ['up', '--env', 'demo'], root, env).ended;
    assert.is(up.stderr, '');
    assert.is(up.code, 0);
    assert.equal(outcomes(journal()), { 'demo-network': 'created' });
    assert.is((await cloud.stacks('333333333333'))[0]?.StackStatus, 'CREATE_COMPLETE');
    const lease = '/roundtrip-333333333333-eu-west-1/leases/demo.json';
    const asked = new Set(
      recorder.operations.map((operation) => operation.replace(/\?.*/, '').replace(/[^/]+\.jsonl$/, 'RUN')),
    );
    assert.equal([...asked].sort(), [
      'CreateStack',
      'DescribeStacks',
      `GET ${lease.replace('leases', 'hooks')}`,
      `GET ${lease}`,
      `GET ${lease.replace('leases', 'ledgers')}`,
      'GetCallerIdentity',
      `PUT ${lease.replace('leases', 'hooks')}`,
      `PUT ${lease.replace('leases/demo.json', 'journals/demo/RUN')}`,
      `PUT ${lease}`,
    ]);
    const down = await startVerb('run', ['down', '--env', 'demo'], root, env).ended;
    assert.is(down.code, 0);
    assert.equal(outcomes(journal()), { 'demo-network': 'deleted' });
    assert.equal(await cloud.stacks('333333333333'), []);
  } finally {
    await recorder.close();
  }
  const modules = readFileSync(loaded, 'utf8').split('\n');
  assert.ok(modules.some((url) => url.includes('run-environment')));
  assert.equal(
    modules.filter((url) => url.includes('/local-cloud/')),
    [],
  );
  assert.is(existsSync(join(root, '.roundtrip/cloud')), false);
});

function journal() {
  return latestJournals(root, 'demo', 1).flatMap(readJournal);
}

/** A module that makes Node write down the address of every module that it loads. */
function writeModuleRecorder(file: string): string {
  const hooks = [
    "import { appendFileSync } from 'node:fs';",
    'export async function load(url, context, next) {',
    `  appendFileSync(${JSON.stringify(file)}, url + '\\n');`,
    '  return next(url, context);',
    '}',
  ].join('\n');
  const path = join(root, 'record-modules.mjs');
  const address = `data:text/javascript,${encodeURIComponent(hooks)}`;
  writeFileSync(path, `import { register } from 'node:module';\nregister(${JSON.stringify(address)});\n`);
  return path;
}

test.run();
