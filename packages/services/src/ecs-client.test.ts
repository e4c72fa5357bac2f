import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ecsClient } from './ecs-client.ts';

interface Call {
  readonly operation: string;
  readonly body: {
    services?: string[];
    service?: string;
    desiredCount?: number;
    desiredStatus?: string;
    tasks?: string[];
  };
}

const DEFINITION = 'arn:aws:ecs:eu-west-1:111111111111:task-definition';

/** One task of a service, one that a schedule started, one that is stopping and one that has stopped. */
const TASKS = [
  { taskArn: 'a', group: 'service:api', lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
  { taskArn: 'b', group: 'family:nightly', lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
  { taskArn: 'c', group: 'family:nightly', lastStatus: 'DEACTIVATING', desiredStatus: 'STOPPED' },
  { taskArn: 'd', group: 'family:nightly', lastStatus: 'STOPPED', desiredStatus: 'STOPPED' },
].map((task) => ({ ...task, taskDefinitionArn: `${DEFINITION}/stage-services-nightly:3` }));

const calls: Call[] = [];
let server: Server;

test.before(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const body = JSON.parse(text) as Call['body'];
      calls.push({ operation, body });
      const services = body.services?.map((serviceName) => ({
        serviceName,
        status: serviceName === 's3' ? 'INACTIVE' : 'ACTIVE',
        desiredCount: 2,
        runningCount: 1,
        pendingCount: 1,
        deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS', rolloutStateReason: 'in progress' }],
        events: [{ message: 'newest' }, { message: 'older' }],
      }));
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(taskAnswer(body) ?? (services ? { services } : {})));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

function taskAnswer({ desiredStatus, tasks }: Call['body']): object | undefined {
  if (tasks !== undefined) return { tasks: TASKS.filter(({ taskArn }) => tasks.includes(taskArn)) };
  if (desiredStatus === undefined) return undefined;
  return { taskArns: TASKS.filter((task) => task.desiredStatus === desiredStatus).map(({ taskArn }) => taskArn) };
}

test.after(() => new Promise<void>((resolve) => server.close(() => resolve())));

const client = () =>
  ecsClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: '111111111111', secretAccessKey: 'x' },
  });

test('asks for ten services at a time and leaves out those that are inactive', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
  const states = await client().describe('stage-cluster', names);
  assert.equal(
    calls.map(({ operation, body }) => [operation, body.services?.length]),
    [
      ['DescribeServices', 10],
      ['DescribeServices', 2],
    ],
  );
  assert.is(states.length, 11);
  assert.equal(states[0], {
    name: 's0',
    desired: 2,
    running: 1,
    pending: 1,
    deployments: [{ status: 'PRIMARY', rollout: 'IN_PROGRESS', reason: 'in progress' }],
    lastEvent: 'newest',
  });
});

test('sets the desired count', async () => {
  calls.length = 0;
  await client().setDesiredCount('stage-cluster', 's1', 0);
  assert.equal(calls, [
    { operation: 'UpdateService', body: { cluster: 'stage-cluster', service: 's1', desiredCount: 0 } as never },
  ]);
});

test('finds the tasks of no service, those that are stopping included', async () => {
  assert.equal(await client().looseTasks('stage-cluster'), [
    { arn: 'b', family: 'stage-services-nightly', stopping: false },
    { arn: 'c', family: 'stage-services-nightly', stopping: true },
  ]);
});

test('stops a task and says why', async () => {
  calls.length = 0;
  await client().stopTask('stage-cluster', 'b', 'stage is taken away');
  assert.equal(calls, [
    { operation: 'StopTask', body: { cluster: 'stage-cluster', task: 'b', reason: 'stage is taken away' } as never },
  ]);
});

test.run();
