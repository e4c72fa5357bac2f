import type { HookContext } from '@roundtrip/environment';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Iam } from './ensure-service-linked-role.ts';
import { prepareAccount } from './prepare-account.ts';
import type { Logs } from './remove-stray-log-group.ts';
import { STAGE } from './sample-context.ts';

const GROUP = '/aws/ecs/containerinsights/stage-cluster/performance';

/** The hook on an account that has these log groups, with the role of ECS already there. */
async function run(groups: readonly string[], outputs: HookContext['outputs'] = {}) {
  const deleted: string[] = [];
  const logged: string[] = [];
  const announced: string[] = [];
  const iam = { send: () => Promise.resolve({}) } as unknown as Iam;
  const send = (command: { input: { logGroupNamePrefix?: string; logGroupName?: string } }) => {
    const { logGroupNamePrefix: prefix, logGroupName } = command.input;
    if (logGroupName !== undefined) deleted.push(logGroupName);
    const found = groups.filter((name) => prefix !== undefined && name.startsWith(prefix)).toSorted();
    return Promise.resolve({ logGroups: found.slice(0, 1).map((name) => ({ logGroupName: name })) });
  };
  const context: HookContext = {
    root: '/project',
    environment: STAGE,
    layer: 'cluster',
    config: {},
    outputs,
    aws: { region: 'eu-west-1', credentials: { accessKeyId: '111111111111', secretAccessKey: 'local' } },
    $: undefined,
    log: (line) => void logged.push(line),
    beforeWrite: async (resource, operation) => void announced.push(`${operation} ${resource}`),
    sleep: () => Promise.resolve(),
  };
  await prepareAccount(context, { iam, logs: { send } as unknown as Logs });
  assert.equal(
    announced,
    deleted.map((group) => `DeleteLogGroup ${group}`),
  );
  return { deleted, logged };
}

test('a log group that a teardown left behind is removed before it fails the build', async () => {
  assert.equal(await run([GROUP, `${GROUP}-of-somebody-else`]), {
    deleted: [GROUP],
    logged: [`removed ${GROUP}, left by a teardown`],
  });
});

test('the log group of a stack that exists is left alone', async () => {
  const outputs = { 'stage-cluster': { ClusterName: 'stage-cluster' } };
  assert.equal(await run([GROUP], outputs), { deleted: [], logged: [] });
});

test('a log group whose name only begins the same is left alone', async () => {
  assert.equal(await run([`${GROUP}-of-somebody-else`]), { deleted: [], logged: [] });
});

test('nothing there, nothing done', async () => {
  assert.equal(await run([]), { deleted: [], logged: [] });
});

test.run();
