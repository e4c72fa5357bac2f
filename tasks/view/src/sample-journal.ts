import type { Direction, JournalEntry, JournalEvent, LayerNode } from '@roundtrip/engine';

export interface SampleOptions {
  readonly services: number;
  readonly direction?: Direction;
  /** Name of a stack whose first resource fails; what depends on it is not started. */
  readonly failing?: string;
  readonly hooks?: boolean;
  /** Leaves out the events after so many milliseconds, as a journal looks in the middle of a run. */
  readonly untilMs?: number;
}

interface SampleStack {
  readonly name: string;
  readonly layer: string;
  readonly dependsOn: readonly string[];
  readonly durationMs: number;
}

export const SAMPLE_START = Date.UTC(2026, 10, 20, 18, 0, 0);

const LAYERS: readonly LayerNode[] = [
  { name: 'network', dependsOn: [] },
  { name: 'cluster', dependsOn: ['network'] },
  { name: 'data', dependsOn: ['network'] },
  { name: 'jenkins-bootstrap', dependsOn: ['cluster'] },
  { name: 'services', dependsOn: ['cluster', 'data'] },
  { name: 'destroy', dependsOn: ['network', 'cluster', 'data', 'jenkins-bootstrap', 'services'] },
];

/** A plausible journal of a whole run, made from nothing but its options: for tests, and to look at. */
export function sampleJournal(options: SampleOptions): JournalEvent[] {
  const direction = options.direction ?? 'up';
  const stacks = direction === 'up' ? sampleStacks(options.services) : reversed(sampleStacks(options.services));
  const writer = new Writer();
  writer.at(0, runStarted(direction));
  writer.at(120, { type: 'guard-passed', guard: 'account', detail: 'the credentials are for 111111111111' });
  const ends = writeStacks(writer, stacks, options);
  writeLayers(writer, ends, options);
  writeDestroyLayer(writer, direction);
  const events = writer.events();
  const lastMs = (events.at(-1)?.at ?? SAMPLE_START) - SAMPLE_START;
  const failed = events.some((event) => event.type === 'failure');
  events.push({ ...runFinished(lastMs + 300, stacks.length, failed ? 1 : 0), at: SAMPLE_START + lastMs + 300 });
  return events.filter((event) => event.at - SAMPLE_START <= (options.untilMs ?? Infinity));
}

function runStarted(direction: Direction): JournalEntry {
  const verb = direction === 'up' ? 'stage' : 'destroy-stage';
  const where = { environment: 'stage', account: '111111111111', region: 'eu-central-1', cloud: 'local' } as const;
  return { type: 'run-started', run: '20261120-180000-1a2b', verb, direction, ...where, layers: LAYERS };
}

function runFinished(wallMs: number, stacks: number, exitCode: number): JournalEntry {
  const calls = { CreateStack: stacks, DescribeStacks: Math.ceil(wallMs / 5000), GetCallerIdentity: 1 };
  return { type: 'run-finished', exitCode, wallMs, calls, throttled: 0 };
}

function sampleStacks(services: number): SampleStack[] {
  const base: SampleStack[] = [
    { name: 'stage-network', layer: 'network', dependsOn: [], durationMs: 165_000 },
    { name: 'stage-cluster', layer: 'cluster', dependsOn: ['stage-network'], durationMs: 190_000 },
    { name: 'stage-data', layer: 'data', dependsOn: ['stage-network'], durationMs: 480_000 },
    { name: 'stage-jenkins-bootstrap', layer: 'jenkins-bootstrap', dependsOn: ['stage-cluster'], durationMs: 210_000 },
  ];
  const platform = ['stage-cluster', 'stage-data'];
  for (let index = 0; index < services; index++) {
    const before =
      index % 7 === 6 ? [`stage-services-${SERVICE_NAMES[(index - 1) % 20] ?? ''}${suffix(index - 1)}`] : [];
    const name = `stage-services-${SERVICE_NAMES[index % 20] ?? ''}${suffix(index)}`;
    base.push({
      name,
      layer: 'services',
      dependsOn: [...platform, ...before],
      durationMs: 62_000 + ((index * 37) % 50) * 1000,
    });
  }
  return base;
}

const SERVICE_NAMES =
  'api,web,worker,nightly-report,search,billing,catalogue,mail,login,images,orders,stock,prices,carts,reviews,tracking,exports,imports,audit,gateway'.split(
    ',',
  );

function suffix(index: number): string {
  return index < 20 ? '' : `-${Math.floor(index / 20) + 1}`;
}

function reversed(stacks: readonly SampleStack[]): SampleStack[] {
  return stacks.toReversed().map((stack) => ({
    ...stack,
    dependsOn: stacks.filter((other) => other.dependsOn.includes(stack.name)).map((other) => other.name),
    durationMs: Math.round(stack.durationMs * 0.6),
  }));
}

/** Writes the events of all stacks; gives back for each when it ended, or undefined where it was not started. */
function writeStacks(writer: Writer, stacks: readonly SampleStack[], options: SampleOptions): Map<string, StackEnd> {
  const ends = new Map<string, StackEnd>();
  const delete_ = options.direction === 'down';
  for (const [index, stack] of stacks.entries()) {
    const dependencies = stack.dependsOn.map((name) => ends.get(name));
    const startable = dependencies.every((end) => end?.outcome === 'done');
    const startMs = 800 + Math.max(0, ...dependencies.map((end) => (end?.atMs ?? 0) + 400)) + (index % 9) * 150;
    const plan = {
      layer: stack.layer,
      stack: stack.name,
      dependsOn: stack.dependsOn,
      expectedMs: stack.durationMs - 5_000,
    };
    const kind = delete_ ? 'delete' : 'create';
    writer.at(startMs - 200, {
      type: 'step-planned',
      kind,
      reason: delete_ ? 'exists' : 'does not exist yet',
      ...plan,
    });
    if (!startable) {
      writer.at(startMs, { type: 'step-finished', stack: stack.name, outcome: 'not-started', elapsedMs: 0 });
      ends.set(stack.name, { layer: stack.layer, startMs, atMs: startMs, outcome: 'not-started' });
      continue;
    }
    const failed = stack.name === options.failing;
    const atMs = failed ? writeFailure(writer, stack, startMs) : writeSuccess(writer, stack, startMs, delete_);
    ends.set(stack.name, { layer: stack.layer, startMs, atMs, outcome: failed ? 'failed' : 'done' });
  }
  return ends;
}

interface StackEnd {
  readonly layer: string;
  readonly startMs: number;
  readonly atMs: number;
  readonly outcome: 'done' | 'failed' | 'not-started';
}

function writeSuccess(writer: Writer, stack: SampleStack, startMs: number, down: boolean): number {
  const name = stack.name;
  const word = down ? 'DELETE' : 'CREATE';
  const endMs = startMs + stack.durationMs;
  writer.at(startMs, { type: 'step-started', stack: name });
  writer.at(startMs + 5, {
    type: 'write',
    stack: name,
    operation: down ? 'DeleteStack' : 'CreateStack',
    token: `${name}-1`,
  });
  writer.at(startMs + 900, { type: 'state', stack: name, status: `${word}_IN_PROGRESS` });
  writer.at(endMs, { type: 'state', stack: name, status: `${word}_COMPLETE` });
  const outcome = down ? 'deleted' : 'created';
  writer.at(endMs + 1, {
    type: 'step-finished',
    stack: name,
    outcome,
    status: `${word}_COMPLETE`,
    elapsedMs: stack.durationMs + 1,
  });
  return endMs + 1;
}

function writeFailure(writer: Writer, stack: SampleStack, startMs: number): number {
  const name = stack.name;
  const brokenMs = startMs + Math.round(stack.durationMs * 0.5);
  const endMs = brokenMs + Math.round(stack.durationMs * 0.25);
  const reason =
    'Resource handler returned message: "Error occurred during operation \'ECS Deployment Circuit Breaker was triggered\'."';
  writer.at(startMs, { type: 'step-started', stack: name });
  writer.at(startMs + 5, { type: 'write', stack: name, operation: 'CreateStack', token: `${name}-1` });
  writer.at(startMs + 900, { type: 'state', stack: name, status: 'CREATE_IN_PROGRESS' });
  writer.at(brokenMs, {
    type: 'state',
    stack: name,
    status: 'ROLLBACK_IN_PROGRESS',
    reason: 'The following resource(s) failed to create: [Service]. ',
  });
  writer.at(endMs, { type: 'state', stack: name, status: 'ROLLBACK_COMPLETE' });
  writer.at(endMs + 1, {
    type: 'step-finished',
    stack: name,
    outcome: 'failed',
    status: 'ROLLBACK_COMPLETE',
    elapsedMs: endMs + 1 - startMs,
  });
  writer.at(endMs + 90, {
    type: 'failure',
    stack: name,
    resource: 'Service',
    resourceType: 'AWS::ECS::Service',
    reason,
    next: 'make stage',
  });
  return endMs + 90;
}

function writeLayers(writer: Writer, ends: ReadonlyMap<string, StackEnd>, options: SampleOptions): void {
  for (const { name } of LAYERS) {
    const stacks = [...ends.values()].filter((end) => end.layer === name);
    if (stacks.length === 0 || stacks.every((end) => end.outcome === 'not-started')) continue;
    const startMs = Math.min(...stacks.map((end) => end.startMs)) - 300;
    const endMs = Math.max(...stacks.map((end) => end.atMs));
    const failed = stacks.some((end) => end.outcome === 'failed');
    const hookMs =
      options.hooks === true && !failed && name !== 'network'
        ? writeHook(writer, name, endMs + 20, options.direction ?? 'up')
        : endMs;
    writer.at(startMs, { type: 'layer-started', layer: name });
    writer.at(hookMs + 40, { type: 'layer-finished', layer: name, outcome: failed ? 'failed' : 'done' });
  }
}

/** The layer without stacks: on the way up it looks only, on the way down it proves that nothing is left. */
function writeDestroyLayer(writer: Writer, direction: Direction): void {
  const events = writer.events();
  if (events.some((event) => event.type === 'failure')) return;
  const startMs = (events.at(-1)?.at ?? SAMPLE_START) - SAMPLE_START + 60;
  writer.at(startMs, { type: 'layer-started', layer: 'destroy' });
  const text = direction === 'up' ? 'every stack can be deleted' : 'nothing is left of stage';
  writer.at(startMs + 1_400, { type: 'notice', layer: 'destroy', text });
  writer.at(startMs + 1_500, { type: 'layer-finished', layer: 'destroy', outcome: 'done' });
}

function writeHook(writer: Writer, layer: string, startMs: number, direction: Direction): number {
  const hook = `after-${direction}` as const;
  writer.at(startMs, { type: 'hook-started', layer, hook });
  writer.at(startMs + 4_000, { type: 'hook-output', layer, hook, line: 'waiting until every task is healthy' });
  writer.at(startMs + 14_000, { type: 'hook-output', layer, hook, line: 'all tasks are healthy' });
  writer.at(startMs + 15_000, { type: 'hook-finished', layer, hook, outcome: 'done' });
  return startMs + 15_000;
}

class Writer {
  readonly #events: JournalEvent[] = [];

  at(ms: number, entry: JournalEntry): void {
    this.#events.push({ ...entry, at: SAMPLE_START + ms });
  }

  /** In the order of time, as a journal is. */
  events(): JournalEvent[] {
    return this.#events.toSorted((a, b) => a.at - b.at);
  }
}
