import {
  AWS_POLLING,
  createVirtualClock,
  execute,
  Gate,
  planDown,
  planUp,
  Poller,
  TAG,
  type DesiredStack,
  type JournalEntry,
  type Orphan,
  type RunContext,
  type StepResult,
} from '@roundtrip/engine';
import { createCloud, invoker } from '@roundtrip/local-cloud';
import { createBlockers } from './blockers/blockers.ts';
import { createCallCounter } from './call-counter.ts';
import type { ClientSettings } from './client-settings.ts';
import { createStackCloud } from './stack-cloud.ts';
import { ACCOUNT } from './test-account.ts';

const ENVIRONMENT = 'stage';
const LAYER = 'services';
const REGION = 'eu-west-1';

export interface TestEngineRun {
  readonly results: ReadonlyMap<string, StepResult>;
  readonly journal: readonly JournalEntry[];
}

/** The engine with the real adapters on a local cloud in this process; both go by a clock that moves when nothing else does. */
export function createTestEngine(stacks: Readonly<Record<string, string>>) {
  const clock = createVirtualClock(Date.UTC(2026, 0, 5));
  const cloud = createCloud({ clock, limits: 'off' });
  const sleep = (ms: number): Promise<void> => clock.sleep(ms);
  const invoke = invoker(cloud, { sleep, accessKeyId: ACCOUNT, region: REGION });
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'local-cloud' };
  const settings: ClientSettings = { region: REGION, credentials, invoke, sleep };
  const desired = new Map(Object.entries(stacks).map(([name, body]) => [name, desiredStack(name, body)]));
  const orphans: Orphan[] = [];
  let runs = 0;
  /** One run of the engine over these of the stacks, on a context such as a verb makes. */
  const run = async (direction: 'up' | 'down', mayUnprotect = false): Promise<TestEngineRun> => {
    runs += 1;
    const counter = createCallCounter();
    const adapter = createStackCloud(settings, ACCOUNT, counter);
    const poller = new Poller(adapter, clock, AWS_POLLING);
    const journal: JournalEntry[] = [];
    const templateOf = (name: string): string | undefined => desired.get(name)?.templateBody;
    const context: RunContext = {
      ...{ run: `run-${runs}`, environment: ENVIRONMENT, cloud: adapter, poller, clock },
      journal: { write: (entry) => void journal.push(entry) },
      writes: new Gate(16),
      blockers: createBlockers(settings, counter, { templateOf, mayUnprotect }),
      ...(direction === 'down' ? { ledger: ledgerOf(orphans) } : {}),
      signal: new AbortController().signal,
      inFlightAt: new Map(),
      neverWhole: new Set(),
      operationMsMax: 3 * 3_600_000,
      expectedMs: () => undefined,
      diagnose: () => undefined,
      command: 'make stage',
    };
    const work = async (): Promise<TestEngineRun> => {
      await poller.sweep();
      const input = { environment: ENVIRONMENT, layer: LAYER, desired: [...desired.values()], observed: poller.latest };
      const results = await execute(context, direction === 'up' ? planUp(input) : planDown(input));
      return { results, journal };
    };
    return await clock.drive(work());
  };
  return { clock, settings, invoke, desired, orphans, run };
}

function desiredStack(name: string, templateBody: string): DesiredStack {
  const tags = { [TAG.environment]: ENVIRONMENT, [TAG.layer]: LAYER };
  return {
    ...{ name, layer: LAYER, templateFile: `${name}.yaml`, templateBody, parameters: {}, capabilities: [], tags },
    ...{ terminationProtection: false, dependsOn: [] },
  };
}

function ledgerOf(orphans: Orphan[]): NonNullable<RunContext['ledger']> {
  return {
    read: async () => ({ orphans: [...orphans], version: '1' }),
    write: async (_environment, next) => {
      orphans.splice(0, orphans.length, ...next);
      return true;
    },
  };
}

/** What a run has sent, in order: `DeleteStack stage-cluster`. */
export function writesOf({ journal }: TestEngineRun): readonly string[] {
  return journal.flatMap((entry) => (entry.type === 'write' ? [`${entry.operation} ${entry.stack}`] : []));
}
