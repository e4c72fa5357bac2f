import { performance } from 'node:perf_hooks';
import { createCallCounter, createStackCloud } from '@roundtrip/aws';
import { createVirtualClock, execute, Gate, isGood, planDown, planUp, Poller, TAG } from '@roundtrip/engine';
import type { DesiredStack, RunContext, Step } from '@roundtrip/engine';
import { createCloud, invoker, requestHandler } from '@roundtrip/local-cloud';
import { benchShape } from './bench-shape.ts';

const ACCOUNT = '111111111111';
const START = Date.UTC(2026, 0, 1);
const RESOURCES = 8;
const POLL = { pollMsMin: 300, pollMsUnknown: 900, pollMsMax: 5_000, quietMs: 6_000, failuresMax: 20, failureMs: 500 };

export interface RoundTrip {
  /** On the wall. */
  readonly ms: number;
  /** On the virtual clock, up and down together. */
  readonly virtualSeconds: number;
  readonly calls: number;
}

/** Engine, AWS adapter and local cloud in one process, on a clock that jumps: an environment up and down. */
export async function virtualRoundTrip(services: number): Promise<RoundTrip> {
  const startedAt = performance.now();
  const clock = createVirtualClock(START);
  const cloud = createCloud({ clock, limits: 'off' });
  const counter = createCallCounter();
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'none' };
  const invoke = invoker(cloud, { accessKeyId: ACCOUNT, region: 'eu-west-1' });
  const settings = { region: 'eu-west-1', credentials, requestHandler: requestHandler(cloud), invoke };
  const poller = new Poller(createStackCloud(settings, ACCOUNT, counter), clock, POLL);
  const context: RunContext = {
    run: 'bench',
    environment: 'bench',
    cloud: createStackCloud(settings, ACCOUNT, counter),
    poller,
    clock,
    journal: { write: () => undefined },
    writes: new Gate(20),
    signal: new AbortController().signal,
    inFlightAt: new Map(),
    operationMsMax: 3_600_000,
    expectedMs: () => undefined,
    diagnose: () => undefined,
    command: 'make bench',
  };
  const desired = desiredStacks(services);
  const go = async (plan: typeof planUp): Promise<void> => {
    await poller.sweep();
    const input = { environment: 'bench', layer: 'services', desired, observed: poller.latest };
    await finish(context, plan(input));
  };
  await clock.drive(go(planUp).then(() => go(planDown)));
  const calls = Object.values(counter.calls).reduce((sum, one) => sum + one, 0);
  return { ms: performance.now() - startedAt, virtualSeconds: (clock.now() - START) / 1000, calls };
}

async function finish(context: RunContext, steps: readonly Step[]): Promise<void> {
  const results = await execute(context, steps);
  const bad = [...results].filter(([, result]) => !isGood(result) || result === 'unchanged');
  if (bad.length > 0) throw new RangeError(`stacks that did not go as they should: ${JSON.stringify(bad)}`);
}

/** The shape of `make bench`, every layer's stacks in one plan. */
function desiredStacks(services: number): DesiredStack[] {
  const { layers, stacks } = benchShape(services);
  const nameOf = (layer: string, name: string): string =>
    ['bench', layer, name].filter((part) => part !== '').join('-');
  return stacks.map(({ layer, name, createSeconds, deleteSeconds, dependsOn }) => ({
    name: nameOf(layer, name),
    layer: 'services',
    templateFile: 'none',
    templateBody: templateOf(createSeconds, deleteSeconds),
    parameters: {},
    capabilities: [],
    tags: { [TAG.environment]: 'bench', [TAG.layer]: 'services' },
    terminationProtection: false,
    dependsOn: [
      ...dependsOn.map((other) => nameOf(layer, other)),
      ...stacks.filter((other) => layers[layer]?.includes(other.layer)).map((other) => nameOf(other.layer, other.name)),
    ],
  }));
}

function templateOf(createSeconds: number, deleteSeconds: number): string {
  const hints = { CreateSeconds: createSeconds, DeleteSeconds: deleteSeconds };
  const resources = Array.from({ length: RESOURCES }, (_, index) => [
    `Parameter${index}`,
    {
      Type: 'AWS::SSM::Parameter',
      Metadata: { 'Roundtrip::LocalCloud': index === 0 ? hints : { CreateSeconds: 1, DeleteSeconds: 1 } },
      Properties: { Name: { 'Fn::Sub': `/\${AWS::StackName}/${index}` }, Type: 'String', Value: `${index}` },
    },
  ]);
  return JSON.stringify({ Resources: Object.fromEntries(resources) });
}
