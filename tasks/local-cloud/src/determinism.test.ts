import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateClusterCommand, DeleteClusterCommand, DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs';
import { CreateBucketCommand, DeleteBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fault } from './faults/fault-plan.ts';
import { requestHandler } from './request-handler.ts';
import { Random, seedState } from './store/random.ts';
import type { LogEntry } from './store/log.ts';
import { noLog } from './store/log.ts';
import { testCloud } from './testing/test-cloud.ts';
import type { TestCloud } from './testing/test-cloud.ts';

const REQUESTS = 600;

/** Something of every kind, often enough to strike. */
const FAULTS: readonly Fault[] = [
  { fault: 'throttle', everySeconds: 120, forSeconds: 20, chance: 0.5 },
  { fault: 'error', chance: 0.03 },
  { fault: 'reset-before', chance: 0.03 },
  { fault: 'reset-after', chance: 0.03 },
  { fault: 'slow', seconds: 3, chance: 0.05 },
  { fault: 'stale', operation: 'Describe*', seconds: 60, chance: 0.5 },
  { fault: 'expired-credentials', accessKeyId: 'ASIA*', everySeconds: 300, forSeconds: 5 },
  { fault: 'denied', account: '222222222222', service: 's3', chance: 0.5 },
  { fault: 'fail-create', resourceType: 'AWS::SNS::Topic', chance: 0.2 },
  { fault: 'fail-update', chance: 0.2 },
  { fault: 'fail-delete', chance: 0.1 },
  { fault: 'capacity', resourceType: 'AWS::EC2::Instance', chance: 0.5 },
];

interface History {
  readonly log: string;
  readonly answers: string;
  readonly fired: readonly number[];
}

test('the same seed and the same requests give the same log and the same answers, byte for byte', async () => {
  const first = await history('one');
  assert.ok(
    first.fired.every((count) => count > 0),
    `every fault has struck: ${first.fired.join(', ')}`,
  );
  const second = await history('one');
  assert.is(second.answers, first.answers);
  assert.is(second.log, first.log);
  assert.is.not((await history('other')).log, first.log);
});

/** Many requests of five services in two accounts and regions, drawn from a seed, time passing between them. */
async function history(seed: string): Promise<History> {
  const entries: LogEntry[] = [];
  const log = { ...noLog, append: (entry: LogEntry) => void entries.push(structuredClone(entry)) };
  const world = testCloud({ seed, log, limits: 'on', faults: { faults: [...FAULTS] } });
  const random = new Random(seedState('requests'));
  const answers: string[] = [];
  const known = new Map<string, ReturnType<typeof clientsOf>>();
  const keys = ['111111111111', '222222222222'];
  for (let index = 0; index < REQUESTS; index += 1) {
    const key = pick(random, keys);
    const region = pick(random, ['eu-west-1', 'us-east-1']);
    const clients = known.get(`${key} ${region}`) ?? clientsOf(world, key, region);
    known.set(`${key} ${region}`, clients);
    const outcome = await answerOf(ask(clients, random));
    const handedOut = /"AccessKeyId":"(ASIA\w+)"/.exec(outcome)?.[1];
    if (handedOut !== undefined) keys[2] = handedOut;
    answers.push(outcome);
    world.pass(Math.floor(random.next() * 5_000));
  }
  assert.equal(world.defects, []);
  return {
    log: entries.map((entry) => JSON.stringify(entry)).join('\n'),
    answers: answers.join('\n'),
    fired: world.cloud.faults().map((rule) => rule.fired),
  };
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random.next() * from.length)] as T;
}

function clientsOf({ cloud, as, pass }: TestCloud, key: string, region: string) {
  const config = { ...as(key, region), requestHandler: requestHandler(cloud, { sleep: async (ms) => pass(ms) }) };
  return {
    cfn: new CloudFormationClient(config),
    ecs: new ECSClient(config),
    s3: new S3Client(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  };
}

function ask({ cfn, ecs, s3, ssm, sts }: ReturnType<typeof clientsOf>, random: Random): Promise<object> {
  const name = `thing-${Math.floor(random.next() * 6)}`;
  const stack = { StackName: name, TemplateBody: templateOf(random) };
  const role = { RoleArn: 'arn:aws:iam::222222222222:role/deploy', RoleSessionName: name };
  const asking: readonly (() => Promise<object>)[] = [
    () => cfn.send(new CreateStackCommand(stack)),
    () => cfn.send(new CreateStackCommand(stack)),
    () => cfn.send(new UpdateStackCommand(stack)),
    () => cfn.send(new UpdateStackCommand(stack)),
    () => cfn.send(new DeleteStackCommand(stack)),
    () => cfn.send(new DescribeStacksCommand({})),
    () => cfn.send(new DescribeStackEventsCommand(stack)),
    () => ecs.send(new CreateClusterCommand({ clusterName: name })),
    () => ecs.send(new DeleteClusterCommand({ cluster: name })),
    () => ecs.send(new DescribeClustersCommand({ clusters: [name] })),
    () => s3.send(new CreateBucketCommand({ Bucket: name })),
    () => s3.send(new DeleteBucketCommand({ Bucket: name })),
    () => s3.send(new PutObjectCommand({ Bucket: name, Key: name, Body: name })),
    () => ssm.send(new PutParameterCommand({ Name: name, Value: name, Type: 'String', Overwrite: true })),
    () => ssm.send(new GetParameterCommand({ Name: name })),
    () => ssm.send(new DeleteParameterCommand({ Name: name })),
    () => sts.send(new AssumeRoleCommand(role)),
  ];
  return pick(random, asking)();
}

function templateOf(random: Random): string {
  const image = { ImageId: 'ami-12345678', InstanceType: 't3.micro' };
  return JSON.stringify({
    Resources: {
      Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: `${random.next()}` } },
      Topic: { Type: 'AWS::SNS::Topic', DependsOn: 'Parameter' },
      ...(random.next() < 0.4 && { Instance: { Type: 'AWS::EC2::Instance', Properties: image } }),
      Queue: { Type: 'AWS::SQS::Queue' },
    },
  });
}

async function answerOf(asked: Promise<object>): Promise<string> {
  try {
    return JSON.stringify(await asked);
  } catch (error) {
    const { name, message, $metadata } = error as Error & { readonly $metadata?: object };
    return JSON.stringify({ name, message, $metadata });
  }
}

test.run();
