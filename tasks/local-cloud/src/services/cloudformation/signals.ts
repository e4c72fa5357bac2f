import { evaluate } from '@roundtrip/template';
import type { Readiness } from '../../catalog/behaviour.ts';
import { resourceKey, resources } from '../../resource.ts';
import type { Realm, Table, World } from '../../world.ts';
import type { Course } from './course.ts';
import { resourceHints } from './local-cloud-metadata.ts';
import { ownRefusal } from './own-refusal.ts';
import { stackResourceKey } from './stack-resource.ts';
import type { StackResource, Target } from './stack-resource.ts';

const WAIT_CONDITION = 'AWS::CloudFormation::WaitCondition';
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html */
const SIGNALLED: ReadonlySet<string> = new Set([
  ...[WAIT_CONDITION, 'AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance'],
]);
const DEFAULT_TIMEOUT = 'PT5M';

/** What a resource waits for, in `cloudformation.signal` under `<stack ARN>|<logical id>`. */
export interface SignalWait {
  readonly count: number;
  readonly deadline: number;
  /** Of a wait condition with a handle, whose signals come another way and are told of in other words. */
  readonly hasHandle: boolean;
  readonly signals: Readonly<Record<string, 'SUCCESS' | 'FAILURE'>>;
  /** The resource itself is done; only signals are missing. */
  readonly isWaiting: boolean;
}

export function signalWaits(world: World, realm: Realm): Table<SignalWait> {
  return world.table('cloudformation.signal', realm);
}

/** From now on a resource that has been made counts its signals, if it waits for any. */
export function expectSignals(course: Course, target: Target): void {
  const wanted = wantedSignals(course, target);
  const table = signalWaits(course.world, course.realm);
  const key = stackResourceKey(course.stack.id, target.logicalId);
  if (wanted === undefined) return table.delete(key);
  const { signal } = resourceHints(target.metadata);
  const ids =
    signal === undefined ? [] : Array.from({ length: wanted.count }, (_, at) => [`local-cloud-${at}`, signal]);
  table.put(key, {
    count: wanted.count,
    deadline: course.world.now + wanted.seconds * 1000,
    hasHandle: wanted.hasHandle,
    signals: Object.fromEntries(ids) as SignalWait['signals'],
    isWaiting: false,
  });
}

/** Whether a resource has all the signals that it waits for. Out: undefined where it waits for none. */
export function signalReadiness(course: Course, { logicalId, type, resourceId }: StackResource): Readiness | undefined {
  const table = signalWaits(course.world, course.realm);
  const key = stackResourceKey(course.stack.id, logicalId);
  const wait = table.get(key);
  if (wait === undefined) return undefined;
  const failed = Object.entries(wait.signals).find(([, status]) => status === 'FAILURE')?.[0];
  const received = Object.values(wait.signals).filter((status) => status === 'SUCCESS').length;
  if (failed !== undefined) return ownRefusal(failureText(wait, failed));
  if (received >= wait.count) {
    if (type === WAIT_CONDITION) putData(course, resourceId ?? '', wait);
    return 'ready';
  }
  if (course.world.now >= wait.deadline) return ownRefusal(timeoutText(wait, received));
  if (!wait.isWaiting) {
    table.put(key, { ...wait, isWaiting: true });
    course.later(wait.deadline - course.world.now, 'cloudformation.step', { key: logicalId, stage: 'settled' });
  }
  return 'waiting';
}

function failureText({ hasHandle }: SignalWait, uniqueId: string): string {
  if (hasHandle) return `WaitCondition received failed message: '' for uniqueId: ${uniqueId}`;
  return `Received FAILURE signal with UniqueId ${uniqueId}`;
}

function timeoutText({ hasHandle, count }: SignalWait, received: number): string {
  if (hasHandle) return `WaitCondition timed out. Received ${received} conditions when expecting ${count}`;
  return `Failed to receive ${count - received} resource signal(s) within the specified duration`;
}

function putData({ world, realm }: Course, id: string, { signals }: SignalWait): void {
  const key = resourceKey(WAIT_CONDITION, id);
  const record = resources(world, realm).get(key);
  const Data = JSON.stringify(Object.fromEntries(Object.keys(signals).map((uniqueId) => [uniqueId, ''])));
  if (record) resources(world, realm).put(key, { ...record, attributes: { ...record.attributes, Data } });
}

function wantedSignals(course: Course, { logicalId, type, properties }: Target) {
  if (!SIGNALLED.has(type)) return undefined;
  const policy = course.prepared.template.Resources[logicalId]?.CreationPolicy;
  const { ResourceSignal: signal } = (policy === undefined ? {} : evaluate(policy, course.scope)) as {
    ResourceSignal?: { Count?: unknown; Timeout?: unknown };
  };
  if (signal !== undefined) {
    const seconds = durationSeconds(String(signal.Timeout ?? DEFAULT_TIMEOUT));
    return { count: Number(signal.Count ?? 1), seconds, hasHandle: false };
  }
  if (type !== WAIT_CONDITION || properties['Handle'] === undefined) return undefined;
  return { count: Number(properties['Count'] ?? 1), seconds: Number(properties['Timeout'] ?? 0), hasHandle: true };
}

/** `PT1H30M`, at most twelve hours. */
function durationSeconds(text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text) ?? [];
  return Math.min(43_200, Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}
