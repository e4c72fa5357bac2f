import { randomSuffix } from '../../catalog/names.ts';
import { CLOUD_MAP_SECONDS, drawSeconds } from '../../catalog/seconds.ts';
import type { Seconds } from '../../catalog/seconds.ts';
import type { Realm, Table, World } from '../../world.ts';

/** What Cloud Map was asked to do: it answers at once, and does it after a while. */
export interface OperationRecord {
  readonly id: string;
  readonly type: OperationType;
  readonly targets: Targets;
  readonly createdAt: number;
  readonly pendingAt: number;
  readonly endsAt: number;
  /** Whatever doing it needs; gone when it is done. */
  readonly work?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message: string };
  readonly creatorRequestId?: string;
}

export type OperationType =
  'CREATE_NAMESPACE' | 'DELETE_NAMESPACE' | 'UPDATE_SERVICE' | 'REGISTER_INSTANCE' | 'DEREGISTER_INSTANCE';

/** Ids of what it is about. */
export interface Targets {
  readonly NAMESPACE?: string;
  readonly SERVICE?: string;
  readonly INSTANCE?: string;
}

export const FINISH_OPERATION = 'servicediscovery.finish-operation';

/** How long operations can be looked up when they are over: AWS gives no figure. EST. */
const KEPT_MS = 7 * 86_400_000;

export function operationRecords(world: World, realm: Realm): Table<OperationRecord> {
  return world.table<OperationRecord>('servicediscovery.operation', realm);
}

export interface OperationPlan extends Pick<OperationRecord, 'type' | 'targets' | 'work'> {
  readonly takes: Seconds;
  readonly creatorRequestId?: string | undefined;
}

/** @returns the id by which the caller can look after it */
export function startOperation(world: World, realm: Realm, plan: OperationPlan): string {
  const { takes, creatorRequestId, ...rest } = plan;
  forgetOperations(world, realm);
  const id = `${randomSuffix(world, 32)}-${randomSuffix(world, 8)}`.toLowerCase();
  const submittedMs = drawMs(world, CLOUD_MAP_SECONDS.submitted);
  const takesMs = Math.max(submittedMs, drawMs(world, takes));
  operationRecords(world, realm).put(id, {
    ...rest,
    id,
    createdAt: world.now,
    pendingAt: world.now + submittedMs,
    endsAt: world.now + takesMs,
    ...(creatorRequestId === undefined ? {} : { creatorRequestId }),
  });
  world.later(takesMs, { kind: FINISH_OPERATION, realm, payload: { id } });
  return id;
}

/** What goes on with the same targets now. */
export function operationOn(
  world: World,
  realm: Realm,
  type: OperationType,
  targets: Targets,
): OperationRecord | undefined {
  const names = Object.entries(targets);
  for (const record of operationRecords(world, realm).values()) {
    const isSame = names.every(([name, id]) => record.targets[name as keyof Targets] === id);
    if (record.type === type && isSame && record.endsAt > world.now) return record;
  }
  return undefined;
}

/** The oldest come first, so that it ends at the first that is kept. */
function forgetOperations(world: World, realm: Realm): void {
  const table = operationRecords(world, realm);
  for (const { id, endsAt } of table.values()) {
    if (endsAt + KEPT_MS > world.now) return;
    table.delete(id);
  }
}

function drawMs(world: World, seconds: Seconds): number {
  return Math.round(drawSeconds(seconds, world.random()) * 1000);
}
