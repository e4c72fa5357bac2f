import { join } from 'node:path';
import { createCallCounter, createReadinessProbe, createStackCloud } from '@roundtrip/aws';
import { createVirtualClock, execute, Gate, planUp, Poller, ReadinessWatch } from '@roundtrip/engine';
import type { DesiredStack, RunContext, Step } from '@roundtrip/engine';
import { desiredStacks, discoverLayers, layerOrder, readEnvironment, type Layer } from '@roundtrip/environment';
import { createCloud, invoker, requestHandler } from '@roundtrip/local-cloud';

const ACCOUNT = '111111111111';
const REGION = 'eu-west-1';
/** Monday, 5 January 2026, six in the morning. */
const START = Date.UTC(2026, 0, 5, 6);
/** As a run has them on AWS. */
const POLL = { pollMsMin: 300, pollMsUnknown: 900, pollMsMax: 5_000, quietMs: 6_000, failuresMax: 20, failureMs: 500 };
const WATCH = { lookMsMin: 3_000, lookMsMax: 15_000, waitMsMax: 3 * 3_600_000 };

export interface StageUp {
  /** From the first call until the last stack is ready, on the virtual clock. */
  readonly seconds: number;
  readonly calls: number;
  /** When each layer was ready, in seconds from the start. */
  readonly layers: ReadonlyMap<string, number>;
}

/**
 * Builds `envs/stage.yaml` with this project's own layers in virtual time, without turbo and hooks.
 * @param seed decides how long each resource takes
 */
export async function stageUp(root: string, mode: 'standard' | 'express', seed: string): Promise<StageUp> {
  const clock = createVirtualClock(START);
  const cloud = createCloud({ clock, limits: 'off', seed });
  const counter = createCallCounter();
  const settings = {
    region: REGION,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'none' },
    requestHandler: requestHandler(cloud),
    invoke: invoker(cloud, { accessKeyId: ACCOUNT, region: REGION }),
    sleep: (ms: number) => clock.sleep(ms),
  };
  const stacks = createStackCloud(settings, ACCOUNT, counter);
  const poller = new Poller(stacks, clock, POLL);
  const probe = createReadinessProbe(settings, counter);
  const ready = new Set<string>();
  const memory = {
    has: ({ id }: { id: string }) => ready.has(id),
    record: ({ id }: { id: string }) => void ready.add(id),
  };
  const layers = new Map<string, number>();
  const desired = await stageStacks(root);
  const layerOf = new Map(desired.map(({ name, layer }) => [name, layer]));
  const context: RunContext = {
    ...{ run: 'bench', environment: 'stage', cloud: stacks, poller, clock, writes: new Gate(16) },
    ...(mode === 'express' ? { readiness: { probe, watch: new ReadinessWatch(probe, clock, WATCH), memory } } : {}),
    journal: {
      write(entry) {
        if (entry.type !== 'step-finished') return;
        layers.set(layerOf.get(entry.stack) ?? '', (clock.now() - START) / 1000);
      },
    },
    signal: new AbortController().signal,
    inFlightAt: new Map(),
    neverWhole: new Set(),
    operationMsMax: 3 * 3_600_000,
    expectedMs: () => undefined,
    diagnose: () => undefined,
    command: 'make bench',
  };
  const up = async (): Promise<void> => {
    await poller.sweep();
    const input = { environment: 'stage', layer: 'all', desired, observed: poller.latest };
    await finish(context, planUp(input));
  };
  await clock.drive(up());
  const calls = Object.values(counter.calls).reduce((sum, one) => sum + one, 0);
  return { seconds: Math.max(...layers.values()), calls, layers };
}

async function finish(context: RunContext, steps: readonly Step[]): Promise<void> {
  const results = await execute(context, steps);
  const bad = [...results].filter(([, result]) => result !== 'created');
  if (bad.length > 0) throw new RangeError(`stacks that were not created: ${JSON.stringify(bad)}`);
}

/** A layer's stacks come after all stacks of the layers that it depends on, as turbo has it. */
async function stageStacks(root: string): Promise<DesiredStack[]> {
  const layers = await discoverLayers(root, (folder, path) => join(folder, path));
  const environment = readEnvironment({ root, name: 'stage', layers });
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const stacksOf = new Map(layers.map(({ name }) => [name, desiredStacks(environment, name)]));
  return layerOrder(layers).flatMap((name) => {
    const before = above(byName, name).flatMap((layer) => stacksOf.get(layer) ?? []);
    return (stacksOf.get(name) ?? []).map((stack) => ({
      ...stack,
      dependsOn: [...stack.dependsOn, ...before.map((one) => one.name)],
    }));
  });
}

function above(layers: ReadonlyMap<string, Layer>, name: string): readonly string[] {
  return layers.get(name)?.dependsOn ?? [];
}
