import { createCallCounter, createStackCloud, type ClientSettings } from '@roundtrip/aws';
import {
  ACCOUNT_RATE,
  AWS_POLLING,
  createExpectations,
  createVirtualClock,
  execute,
  Gate,
  isGood,
  planDown,
  planUp,
  Poller,
  RateBudget,
  TAG,
} from '@roundtrip/engine';
import type { DesiredStack, RunContext, Step } from '@roundtrip/engine';
import { createCloud, invoker, requestHandler } from '@roundtrip/local-cloud';
import { benchShape } from './bench-shape.ts';

const ACCOUNT = '111111111111';
const START = Date.UTC(2026, 0, 1);
const RESOURCES = 8;
const WRITES_MAX = 16;

/** One way of a round trip. */
export interface Travelled {
  /** On the virtual clock. */
  readonly seconds: number;
  readonly calls: number;
  readonly throttled: number;
}

/** The benchmark's environment in a cloud of its own, in this process and on a clock that jumps. */
export interface VirtualEnvironment {
  /** Plans and executes; what an earlier one of the same direction took times this one's polls. */
  travel(direction: 'up' | 'down'): Promise<Travelled>;
}

/** @param limits whether the cloud throttles */
export function createVirtualEnvironment(services: number, limits: 'on' | 'off'): VirtualEnvironment {
  const clock = createVirtualClock(START);
  const cloud = createCloud({ clock, limits });
  const counter = createCallCounter();
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'none' };
  const invoke = invoker(cloud, { accessKeyId: ACCOUNT, region: 'eu-west-1' });
  // Each trip is a run of its own, which knows nothing of the account yet.
  let budget = new RateBudget(clock, ACCOUNT_RATE);
  const pace: NonNullable<ClientSettings['pace']> = {
    take: (kind) => budget.take(kind),
    throttled: (kind) => budget.throttled(kind),
  };
  const settings = { region: 'eu-west-1', credentials, requestHandler: requestHandler(cloud), invoke, pace };
  const expectations = createExpectations();
  const stacks = createStackCloud(settings, ACCOUNT, counter);
  const poller = new Poller(stacks, clock, AWS_POLLING);
  const desired = desiredStacks(services);
  const context: RunContext = {
    run: 'bench',
    environment: 'bench',
    cloud: stacks,
    poller,
    clock,
    journal: { write: (entry) => expectations.learn({ at: clock.now(), ...entry }) },
    writes: new Gate(WRITES_MAX),
    signal: new AbortController().signal,
    inFlightAt: new Map(),
    neverWhole: new Set(),
    operationMsMax: 3_600_000,
    expectedMs: expectations.own,
    diagnose: () => undefined,
    command: 'make bench',
  };
  const go = async (plan: typeof planUp): Promise<void> => {
    await poller.sweep();
    await finish(context, plan({ environment: 'bench', layer: 'services', desired, observed: poller.latest }));
  };
  return {
    async travel(direction) {
      budget = new RateBudget(clock, ACCOUNT_RATE);
      const before = { at: clock.now(), calls: sum(counter.calls), throttled: counter.throttled };
      await clock.drive(go(direction === 'up' ? planUp : planDown));
      return {
        seconds: (clock.now() - before.at) / 1000,
        calls: sum(counter.calls) - before.calls,
        throttled: counter.throttled - before.throttled,
      };
    },
  };
}

function sum(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((all, one) => all + one, 0);
}

async function finish(context: RunContext, steps: readonly Step[]): Promise<void> {
  for (const { stack, layer, kind, reason, dependsOn } of steps) {
    context.journal.write({ type: 'step-planned', stack, layer, kind, reason, dependsOn });
  }
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

/** As the sample project's: one resource takes the stack's whole time, the others next to none. */
function templateOf(createSeconds: number, deleteSeconds: number): string {
  const slow = { CreateSeconds: createSeconds, DeleteSeconds: deleteSeconds };
  const quick = { CreateSeconds: 0.1, DeleteSeconds: 0.1 };
  const resources = Array.from({ length: RESOURCES }, (_, index) => [
    `Parameter${index}`,
    {
      Type: 'AWS::SSM::Parameter',
      Metadata: { 'Roundtrip::LocalCloud': index === 0 ? slow : quick },
      Properties: { Name: { 'Fn::Sub': `/\${AWS::StackName}/${index}` }, Type: 'String', Value: `${index}` },
    },
  ]);
  return JSON.stringify({
    Metadata: { 'Roundtrip::LocalCloud': { StackOverheadSeconds: 0 } },
    Resources: Object.fromEntries(resources),
  });
}
