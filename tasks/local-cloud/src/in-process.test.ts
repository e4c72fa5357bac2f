import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  paginateDescribeStacks,
} from '@aws-sdk/client-cloudformation';
import { ECSClient, DescribeClustersCommand } from '@aws-sdk/client-ecs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { inProcess, invoker } from './in-process.ts';
import { REALM, failureOf, testCloud } from './testing/test-cloud.ts';

const TEMPLATE = JSON.stringify({
  Resources: { Name: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'a' } } },
  Outputs: { Name: { Value: { Ref: 'Name' } } },
});

function bothWays() {
  const { cloud, as, pass, defects } = testCloud();
  const wired = as(REALM.account);
  const direct = { ...wired, ...inProcess(cloud) };
  return {
    wired: new CloudFormationClient(wired),
    direct: new CloudFormationClient(direct),
    pass,
    defects,
    config: direct,
  };
}

test('a client without a wire is given what one with a wire reads', async () => {
  const { wired, direct, pass, defects } = bothWays();
  await direct.send(
    new CreateStackCommand({ StackName: 'one', TemplateBody: TEMPLATE, Tags: [{ Key: 'a', Value: 'b' }] }),
  );
  pass(60_000);
  const read = async (client: CloudFormationClient) => (await client.send(new DescribeStacksCommand({}))).Stacks;
  const [stack] = (await read(direct)) ?? [];
  assert.equal([stack], await read(wired));
  assert.is(stack?.StackStatus, 'CREATE_COMPLETE');
  assert.equal(defects, []);
});

test('what it is given is its own', async () => {
  const { direct, pass } = bothWays();
  await direct.send(
    new CreateStackCommand({ StackName: 'one', TemplateBody: TEMPLATE, Tags: [{ Key: 'a', Value: 'b' }] }),
  );
  pass(60_000);
  const { Stacks: stacks } = await direct.send(new DescribeStacksCommand({}));
  stacks?.[0]?.Tags?.splice(0);
  const again = await direct.send(new DescribeStacksCommand({}));
  assert.equal(again.Stacks?.[0]?.Tags, [{ Key: 'a', Value: 'b' }]);
});

test('errors, required members and unknown services are the same both ways', async () => {
  const { wired, direct, config } = bothWays();
  for (const input of [{ StackName: 'none' }, { StackName: 'no*name' }]) {
    const command = () => new DescribeStacksCommand(input);
    assert.equal(await failureOf(direct.send(command())), await failureOf(wired.send(command())));
  }
  const nameless = () => new CreateStackCommand({ TemplateBody: TEMPLATE } as never);
  assert.equal(await failureOf(direct.send(nameless())), await failureOf(wired.send(nameless())));
  const clusters = await new ECSClient(config).send(new DescribeClustersCommand({ clusters: ['none'] }));
  assert.is(clusters.failures?.[0]?.reason, 'MISSING');
});

test('without any client the same goes in and out, and the same is thrown', async () => {
  const tested = testCloud({ faults: { faults: [{ fault: 'reset-after', operation: 'DeleteStack' }] } });
  const invoke = invoker(tested.cloud, { accessKeyId: REALM.account, region: REALM.region });
  const wired = new CloudFormationClient(tested.as(REALM.account));
  await invoke('cloudformation', 'CreateStack', { StackName: 'one', TemplateBody: TEMPLATE });
  const { $metadata: _own, ...direct } = (await invoke('cloudformation', 'DescribeStacks', {})) as {
    $metadata: object;
  };
  const { $metadata: _other, ...read } = await wired.send(new DescribeStacksCommand({}));
  assert.equal(direct, read);
  const asked = { StackName: 'none' };
  assert.equal(
    await failureOf(invoke('cloudformation', 'DescribeStacks', asked)),
    await failureOf(wired.send(new DescribeStacksCommand(asked))),
  );
  const lost = await failureOf(invoke('cloudformation', 'DeleteStack', { StackName: 'one' }));
  assert.is(lost.message, 'read ECONNRESET');
});

test('pages are gone through as over a wire', async () => {
  const { direct } = bothWays();
  for (let index = 0; index < 120; index += 1) {
    await direct.send(new CreateStackCommand({ StackName: `stack-${index}`, TemplateBody: TEMPLATE }));
  }
  const sizes: (number | undefined)[] = [];
  for await (const page of paginateDescribeStacks({ client: direct }, {})) sizes.push(page.Stacks?.length);
  assert.equal(sizes, [100, 20]);
});

test.run();
