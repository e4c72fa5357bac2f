import { Gate } from './gate.ts';
import type { JournalEntry } from './journal-event.ts';
import { Poller } from './poller.ts';
import type { RunContext } from './run-context.ts';
import type { DesiredStack } from './stack.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';
import { TestCloud, type Script } from './test-cloud.ts';

export const POLL = {
  pollMsMin: 200,
  pollMsUnknown: 800,
  pollMsMax: 5_000,
  quietMs: 3_000,
  failuresMax: 5,
  failureMs: 500,
};

export interface TestRun {
  readonly clock: VirtualClock;
  readonly cloud: TestCloud;
  readonly context: RunContext;
  readonly journal: JournalEntry[];
  readonly interrupt: AbortController;
}

/** A run on a cloud and a clock for tests, after its first sweep. */
export async function createTestRun(script?: Script, prepare: (cloud: TestCloud) => void = () => {}): Promise<TestRun> {
  const clock = createVirtualClock(1_000_000);
  const cloud = new TestCloud(clock, script);
  prepare(cloud);
  const journal: JournalEntry[] = [];
  const interrupt = new AbortController();
  const poller = new Poller(cloud, clock, POLL);
  await poller.sweep();
  const context: RunContext = {
    run: 'run-1',
    environment: 'stage',
    cloud,
    poller,
    clock,
    journal: { write: (entry) => journal.push(entry) },
    writes: new Gate(4),
    signal: interrupt.signal,
    inFlightAt: new Map(),
    neverWhole: new Set(),
    operationMsMax: 3_600_000,
    expectedMs: () => undefined,
    diagnose: () => undefined,
    command: 'make stage',
  };
  return { clock, cloud, context, journal, interrupt };
}

/** A stack as a layer wants it; its template is its name unless another one is given. */
export function desiredStack(name: string, more: Partial<DesiredStack> = {}): DesiredStack {
  return {
    name,
    layer: 'services',
    templateFile: 'packages/services/templates/service.yaml',
    templateBody: name,
    parameters: {},
    capabilities: [],
    tags: { 'roundtrip:environment': 'stage', 'roundtrip:layer': 'services' },
    terminationProtection: false,
    dependsOn: [],
    ...more,
  };
}
