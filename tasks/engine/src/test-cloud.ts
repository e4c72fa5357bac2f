import { CloudError, type Clock, type StackCloud, type StackContent, type StackEvent } from './ports.ts';
import type { ObservedStack } from './stack.ts';

type Operation = 'create' | 'update' | 'delete' | 'continue';

interface Fate {
  /** How long the operation takes, in milliseconds. */
  readonly ms: number;
  readonly end: string;
  readonly reason?: string;
}

/** Says what becomes of an operation; undefined means that it succeeds in a second. */
export type Script = (operation: Operation, stack: string, count: number) => Fate | undefined;

const SUCCESS: Readonly<Record<Operation, string>> = {
  create: 'CREATE_COMPLETE',
  update: 'UPDATE_COMPLETE',
  delete: 'DELETE_COMPLETE',
  continue: 'UPDATE_ROLLBACK_COMPLETE',
};
const PROGRESS: Readonly<Record<Operation, string>> = {
  create: 'CREATE_IN_PROGRESS',
  update: 'UPDATE_IN_PROGRESS',
  delete: 'DELETE_IN_PROGRESS',
  continue: 'UPDATE_ROLLBACK_IN_PROGRESS',
};

/** Stacks in memory that change state as a script says, on the test's clock. */
export class TestCloud implements StackCloud {
  readonly stacks = new Map<string, ObservedStack>();
  /** `CreateStack a`, in the order of the calls; sweeps are counted apart. */
  readonly writes: string[] = [];
  sweeps = 0;
  /** Thrown by the next sweeps. */
  sweepErrors: Error[] = [];
  /** What each stack was last given. */
  readonly contents = new Map<string, StackContent>();
  readonly eventsOf = new Map<string, StackEvent[]>();
  readonly #clock: Clock;
  readonly #script: Script;
  readonly #pending = new Map<string, { at: number; apply: () => void }>();
  readonly #counts = new Map<string, number>();
  #ids = 0;

  constructor(clock: Clock, script: Script = () => undefined) {
    this.#clock = clock;
    this.#script = script;
  }

  async sweep(): Promise<readonly ObservedStack[]> {
    this.sweeps += 1;
    const error = this.sweepErrors.shift();
    if (error !== undefined) throw error;
    this.#settle();
    return [...this.stacks.values()];
  }

  async create(content: StackContent & { readonly terminationProtection: boolean }): Promise<string> {
    const { stackName: name, tags, parameters, terminationProtection } = content;
    this.#settle();
    this.writes.push(`CreateStack ${name}`);
    if (this.stacks.has(name)) {
      throw new CloudError('already-exists', 'AlreadyExistsException', `Stack [${name}] already exists`);
    }
    this.contents.set(name, content);
    const id = `arn:${name}/${(this.#ids += 1)}`;
    this.stacks.set(name, { ...blank(name, id, this.#clock.now()), tags, parameters });
    this.#begin('create', name, { outputs: { Name: name }, terminationProtection });
    return id;
  }

  async update(content: StackContent): Promise<string> {
    const { stackName, tags, parameters } = content;
    this.contents.set(stackName, content);
    this.writes.push(`UpdateStack ${stackName}`);
    this.#begin('update', stackName, { tags, parameters });
    return this.stacks.get(stackName)!.id;
  }

  async delete({ stackName }: { readonly stackName: string }): Promise<void> {
    this.writes.push(`DeleteStack ${stackName}`);
    this.#begin('delete', stackName, {});
  }

  async continueRollback({ stackName }: { readonly stackName: string }): Promise<void> {
    this.writes.push(`ContinueUpdateRollback ${stackName}`);
    this.#begin('continue', stackName, {});
  }

  async setTerminationProtection(stackName: string, enabled: boolean): Promise<void> {
    this.writes.push(`UpdateTerminationProtection ${stackName} ${enabled}`);
    this.stacks.set(stackName, { ...this.stacks.get(stackName)!, terminationProtection: enabled });
  }

  async template(stackName: string): Promise<string> {
    return this.contents.get(stackName)?.templateBody ?? '';
  }

  async events(stackId: string): Promise<readonly StackEvent[]> {
    return this.eventsOf.get(stackId) ?? [];
  }

  #begin(operation: Operation, name: string, change: Partial<ObservedStack>): void {
    const key = `${operation} ${name}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    const fate = this.#script(operation, name, count) ?? { ms: 1_000, end: SUCCESS[operation] };
    const updatedAt = operation === 'update' ? { updatedAt: this.#clock.now() } : {};
    this.stacks.set(name, { ...this.stacks.get(name)!, ...updatedAt, status: PROGRESS[operation] });
    const apply = (): void => this.#end(operation, name, fate, change);
    this.#pending.set(name, { at: this.#clock.now() + fate.ms, apply });
  }

  #end(operation: Operation, name: string, fate: Fate, change: Partial<ObservedStack>): void {
    if (fate.end === 'DELETE_COMPLETE') {
      this.stacks.delete(name);
      return;
    }
    this.stacks.set(name, {
      ...this.stacks.get(name)!,
      ...(fate.end === SUCCESS[operation] ? change : {}),
      ...(operation === 'continue' ? { updatedAt: this.#clock.now() } : {}),
      ...(fate.reason === undefined ? {} : { reason: fate.reason }),
      status: fate.end,
    });
  }

  #settle(): void {
    for (const [name, one] of this.#pending) {
      if (one.at > this.#clock.now()) continue;
      this.#pending.delete(name);
      one.apply();
    }
  }
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
