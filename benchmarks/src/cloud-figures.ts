import { performance } from 'node:perf_hooks';
import { startDaemon, type CloudDaemon } from './cloud-daemon.ts';
import { emptyNode } from './empty-node.ts';
import { median } from './median.ts';
import type { Figure } from './report.ts';
import { virtualRoundTrip } from './virtual-round-trip.ts';

const RUNS = 5;
const STACKS = 2000;
const DESCRIBES = 4000;
/** As many as the SDK's own agent would keep open. */
const AT_ONCE = 16;
/** Cloud seconds a second, so that everything that takes time is over at once. */
const QUICK = 100_000;

/** What the local cloud promises of itself, each beside its target. */
export async function cloudFigures(): Promise<Figure[]> {
  return [emptyNode(), ...(await starting()), ...(await full()), ...(await onDisk()), await virtual(), emptyNode()];
}

async function starting(): Promise<Figure[]> {
  const starts: number[] = [];
  const idle: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const daemon = await startDaemon({ speed: 60 });
    starts.push(daemon.startMs / 1000);
    idle.push(daemon.megabytes());
    await daemon.stop();
  }
  return [
    { what: 'start, to the first answer', value: median(starts), unit: 's', target: 0.3 },
    { what: 'memory when idle', value: median(idle), unit: 'MB', target: 80 },
  ];
}

async function full(): Promise<Figure[]> {
  const daemon = await startDaemon({ speed: QUICK });
  try {
    await createStacks(daemon, STACKS);
    const sweeps = await repeated(() => sweep(daemon));
    const rates = await repeated(() => describe(daemon));
    return [
      { what: `memory with ${STACKS} stacks of 10 resources`, value: daemon.megabytes(), unit: 'MB', target: 400 },
      { what: `a sweep over ${STACKS} stacks`, value: median(sweeps), unit: 'ms', target: 150 },
      {
        what: 'DescribeStacks of one stack',
        value: DESCRIBES / (median(rates) / 1000),
        unit: 'a second',
        target: 1000,
        isFloor: true,
      },
    ];
  } finally {
    await daemon.stop();
  }
}

/** The same work with and without a log, turn about, so that a busy machine disturbs both alike. */
async function onDisk(): Promise<Figure[]> {
  const seconds: Record<'disk' | 'memory', number[]> = { disk: [], memory: [] };
  for (let run = 0; run < RUNS; run += 1) {
    for (const kind of ['disk', 'memory'] as const) {
      const daemon = await startDaemon({ speed: QUICK, isMemory: kind === 'memory' });
      const startedAt = performance.now();
      await createStacks(daemon, 200);
      await describe(daemon);
      await deleteStacks(daemon, 200);
      seconds[kind].push(performance.now() - startedAt);
      await daemon.stop();
    }
  }
  const cost = (median(seconds.disk) / median(seconds.memory) - 1) * 100;
  return [{ what: 'what state on disk costs', value: cost, unit: '% of throughput', target: 10 }];
}

async function virtual(): Promise<Figure> {
  const times: number[] = [];
  // The first one compiles; a rehearsal does thousands of them.
  for (let run = 0; run <= RUNS; run += 1) times.push((await virtualRoundTrip(40)).ms);
  return {
    what: '44 stacks up and down in virtual time',
    value: median(times.slice(1)) / 1000,
    unit: 's',
    target: 0.3,
  };
}

async function createStacks(daemon: CloudDaemon, count: number): Promise<void> {
  await atOnce(count, (index) =>
    daemon.query({ Action: 'CreateStack', StackName: `stack-${index}`, TemplateBody: TEMPLATE }),
  );
  await untilAll(daemon, 'CREATE_COMPLETE', count);
}

async function deleteStacks(daemon: CloudDaemon, count: number): Promise<void> {
  await atOnce(count, (index) => daemon.query({ Action: 'DeleteStack', StackName: `stack-${index}` }));
  await untilAll(daemon, 'DELETE_COMPLETE', 0);
}

async function untilAll(daemon: CloudDaemon, status: string, count: number): Promise<void> {
  for (;;) {
    const statuses = await sweep(daemon);
    if (statuses.length === count && statuses.every((one) => one === status)) return;
  }
}

/** Every page. Out: the stacks' statuses. */
async function sweep(daemon: CloudDaemon): Promise<string[]> {
  const statuses: string[] = [];
  for (let token = ''; ;) {
    const page = await daemon.query({ Action: 'DescribeStacks', ...(token === '' ? {} : { NextToken: token }) });
    for (const [, status = ''] of page.matchAll(/<StackStatus>(\w+)/g)) statuses.push(status);
    token = /<NextToken>([^<]+)/.exec(page)?.[1] ?? '';
    if (token === '') return statuses;
  }
}

async function describe(daemon: CloudDaemon): Promise<void> {
  await atOnce(DESCRIBES, (index) => daemon.query({ Action: 'DescribeStacks', StackName: `stack-${index % 200}` }));
}

async function atOnce(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function repeated(work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times;
}

const TEMPLATE = JSON.stringify({
  Resources: Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [
      `Parameter${index}`,
      {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: { 'Fn::Sub': `/\${AWS::StackName}/${index}` }, Type: 'String', Value: `${index}` },
      },
    ]),
  ),
});
