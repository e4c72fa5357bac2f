import { strict as assert } from 'node:assert';
import type { Realm, World } from '../world.ts';
import { findRecord } from './stored-record.ts';

export type AlarmStateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface AlarmState {
  readonly value: AlarmStateValue;
  readonly reason: string;
  readonly reasonData?: string;
  readonly updatedAt: number;
}

export interface HistoryItem {
  readonly type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action';
  readonly at: number;
  readonly alarm: string;
  readonly summary: string;
  readonly data: string;
}

const HISTORY_MAX = 100;
const TYPES = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

const states = (world: World, realm: Realm) => world.table<AlarmState>('monitoring.alarm-state', realm);
const histories = (world: World, realm: Realm) =>
  world.table<readonly HistoryItem[]>('monitoring.alarm-history', realm);

/** For whoever watches alarms, like a deployment or a rollback: undefined where there is no such alarm. */
export function alarmState(world: World, realm: Realm, arnOrName: string): AlarmStateValue | undefined {
  const [, region, name] = /^arn:[^:]*:cloudwatch:([^:]*):\d*:alarm:(.+)$/.exec(arnOrName) ?? [];
  const home = region === undefined ? realm : { ...realm, region };
  const id = name ?? arnOrName;
  if (TYPES.every((type) => findRecord(world, home, type, id) === undefined)) return undefined;
  return stateOf(world, home, id)?.value ?? 'INSUFFICIENT_DATA';
}

/** Undefined as long as nobody has set it: an alarm begins without data. */
export function stateOf(world: World, realm: Realm, name: string): AlarmState | undefined {
  return states(world, realm).get(name);
}

export function setState(world: World, realm: Realm, name: string, state: Omit<AlarmState, 'updatedAt'>): void {
  const old = stateOf(world, realm, name)?.value ?? 'INSUFFICIENT_DATA';
  states(world, realm).put(name, { ...state, updatedAt: world.now });
  if (old === state.value) return;
  addHistory(world, realm, name, {
    type: 'StateUpdate',
    summary: `Alarm updated from ${old} to ${state.value}`,
    data: {
      version: '1.0',
      oldState: { stateValue: old },
      newState: { stateValue: state.value, stateReason: state.reason },
    },
  });
}

/** Newest last. */
export function historyOf(world: World, realm: Realm, name: string): readonly HistoryItem[] {
  return histories(world, realm).get(name) ?? [];
}

export function addHistory(
  world: World,
  realm: Realm,
  alarm: string,
  item: { readonly type: HistoryItem['type']; readonly summary: string; readonly data?: object },
): void {
  assert(alarm !== '');
  const data = JSON.stringify(item.data ?? { version: '1.0', type: item.type });
  const next: HistoryItem = { type: item.type, summary: item.summary, at: world.now, alarm, data };
  histories(world, realm).put(alarm, [...historyOf(world, realm, alarm), next].slice(-HISTORY_MAX));
}

/** History outlives its alarm, as it does on AWS. */
export function forgetAlarm(world: World, realm: Realm, name: string): void {
  states(world, realm).delete(name);
}

/** Of every alarm that there was. */
export function* allHistory(world: World, realm: Realm): Iterable<HistoryItem> {
  for (const items of histories(world, realm).values()) yield* items;
}
