import type { Clock, StackCloud, StackContent, StackEvent } from './ports.ts';
import { CloudError } from './ports.ts';
import type { ObservedStack } from './stack.ts';

interface Fate {
  /** How long the operation takes, in milliseconds. */
  readonly ms: number;
  readonly end: string;
  readonly reason?: string;
}

/** Says what becomes of an operation; undefined means that it succeeds in a second. */
export type Script = (operation: 'create' | 'update' | 'delete' | 'continue', stack: string, count: number) => Fate | undefined;

export interface TestCloud extends StackCloud {
  readonly stacks: Map<string, ObservedStack>;
  /** `CreateStack a`, in the order of the calls; sweeps are counted apart. */
  readonly writes: string[];
  sweeps: number;
  readonly events: (stackId: string, limit: number) => Promise<readonly StackEvent[]>;
  eventsOf: Map<string, StackEvent[]>;
  /** Thrown by the next sweeps. */
  sweepErrors: unknown[];
}

const SUCCESS = { create: 'CREATE_COMPLETE', update: 'UPDATE_COMPLETE', delete: 'DELETE_COMPLETE', continue: 'UPDATE_ROLLBACK_COMPLETE' };
const PROGRESS = { create: 'CREATE_IN_PROGRESS', update: 'UPDATE_IN_PROGRESS', delete: 'DELETE_IN_PROGRESS', continue: 'UPDATE_ROLLBACK_IN_PROGRESS' };

/** Stacks in memory that change state as a script says, on the test's clock. */
export function createTestCloud(clock: Clock, script: Script = () => undefined): TestCloud {
  const stacks = new Map<string, ObservedStack>();
  const pending = new Map<string, { at: number; apply: () => void }>();
  const writes: string[] = [];
  const counts = new Map<string, number>();
  let ids = 0;
  const settle = (): void => {
    for (const [name, one] of pending) {
      if (one.at > clock.now()) continue;
      pending.delete(name);
      one.apply();
    }
  };
  const begin = (operation: keyof typeof SUCCESS, name: string, id: string, change: Partial<ObservedStack>): void => {
    const key = `${operation} ${name}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const fate = script(operation, name, count) ?? { ms: 1_000, end: SUCCESS[operation] };
    const before = stacks.get(name);
    stacks.set(name, { ...blank(name, id, clock.now()), ...before, id, status: PROGRESS[operation] });
    const apply = (): void => {
      if (fate.end === 'DELETE_COMPLETE') stacks.delete(name);
      else {
        const good = fate.end === SUCCESS[operation];
        const now = operation === 'create' ? {} : { updatedAt: clock.now() };
        const reason = fate.reason === undefined ? {} : { reason: fate.reason };
        stacks.set(name, { ...stacks.get(name)!, ...(good ? change : {}), ...now, status: fate.end, ...reason });
      }
    };
    pending.set(name, { at: clock.now() + fate.ms, apply });
  };
  const cloud: TestCloud = {
    stacks,
    writes,
    sweeps: 0,
    eventsOf: new Map(),
    sweepErrors: [],
    sweep: async () => {
      cloud.sweeps += 1;
      const error = cloud.sweepErrors.shift();
      if (error !== undefined) throw error;
      settle();
      return [...stacks.values()];
    },
    create: async (content) => {
      settle();
      writes.push(`CreateStack ${content.stackName}`);
      if (stacks.has(content.stackName)) {
        throw new CloudError('already-exists', 'AlreadyExistsException', `Stack [${content.stackName}] already exists`);
      }
      const id = `arn:${content.stackName}/${(ids += 1)}`;
      const { tags, parameters } = content;
      stacks.set(content.stackName, { ...blank(content.stackName, id, clock.now()), tags, parameters });
      begin('create', content.stackName, id, { outputs: { Name: content.stackName }, terminationProtection: content.terminationProtection });
      return id;
    },
    update: async (content: StackContent) => {
      writes.push(`UpdateStack ${content.stackName}`);
      const id = stacks.get(content.stackName)!.id;
      begin('update', content.stackName, id, { tags: content.tags, parameters: content.parameters });
      return id;
    },
    delete: async ({ stackName, stackId }) => {
      writes.push(`DeleteStack ${stackName}`);
      begin('delete', stackName, stackId, {});
    },
    continueRollback: async ({ stackName, stackId }) => {
      writes.push(`ContinueUpdateRollback ${stackName}`);
      begin('continue', stackName, stackId, {});
    },
    setTerminationProtection: async (stackName, enabled) => {
      writes.push(`UpdateTerminationProtection ${stackName} ${enabled}`);
      stacks.set(stackName, { ...stacks.get(stackName)!, terminationProtection: enabled });
    },
    events: async (stackId) => cloud.eventsOf.get(stackId) ?? [],
  };
  return cloud;
}

function blank(name: string, id: string, now: number): ObservedStack {
  return {
    name,
    id,
    status: 'CREATE_IN_PROGRESS',
    parameters: {},
    outputs: {},
    tags: {},
    terminationProtection: false,
    createdAt: now,
  };
}
