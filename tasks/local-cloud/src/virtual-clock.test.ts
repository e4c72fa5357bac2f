import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createCloud } from './cloud.ts';
import type { Fault } from './faults/fault-plan.ts';
import { requestHandler } from './request-handler.ts';
import { virtualClock } from './virtual-clock.ts';

const START = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

function start(...faults: Fault[]) {
  const clock = virtualClock(START);
  const cloud = createCloud({ clock, faults: { faults } });
  const credentials = { accessKeyId: '111111111111', secretAccessKey: 'none' };
  const cfn = new CloudFormationClient({
    region: 'eu-west-1',
    credentials,
    requestHandler: requestHandler(cloud, clock),
  });
  const TemplateBody = JSON.stringify({ Resources: { Nat: { Type: 'AWS::RDS::DBInstance', Properties: DATABASE } } });
  const create = () => cfn.send(new CreateStackCommand({ StackName: 'one', TemplateBody }));
  const status = async () => (await cfn.send(new DescribeStacksCommand({}))).Stacks?.[0]?.StackStatus;
  return { clock, cloud, cfn, create, status };
}

const DATABASE = { DBInstanceClass: 'db.t4g.micro', Engine: 'postgres', AllocatedStorage: '20' };

test('time stands still until it is moved, and jumps to where nothing is due any more', async () => {
  const { clock, cloud, cfn, create, status } = start();
  await create();
  assert.is(clock.now(), START);
  assert.is(await status(), 'CREATE_IN_PROGRESS');
  await clock.runUntilIdle(cloud);
  assert.is(await status(), 'CREATE_COMPLETE');
  const minutes = (clock.now() - START) / 60_000;
  assert.ok(minutes > 4 && minutes < 12, `${minutes}`);
  await cfn.send(new DeleteStackCommand({ StackName: 'one' }));
  await clock.runUntilIdle(cloud);
  assert.is(await status(), undefined);
  assert.ok(clock.now() - START < DAY_MS, 'deleted stacks are forgotten later');
  assert.ok((cloud.nextDueAt() ?? 0) > START + 80 * DAY_MS);
});

test('time goes no further than it is let', async () => {
  const { clock, cloud, create, status } = start();
  await create();
  await clock.runUntilIdle(cloud, 60_000);
  assert.is(await status(), 'CREATE_IN_PROGRESS');
  assert.ok(clock.now() <= START + 60_000);
});

test('a slow answer takes its time on the clock, and nobody waits', async () => {
  const { clock, status } = start({ fault: 'slow', seconds: 30, times: 1 });
  await status();
  assert.is(clock.now(), START + 30_000);
  await status();
  assert.is(clock.now(), START + 30_000);
});

test.run();
