import { createVirtualClock } from '@roundtrip/engine';
import type { VirtualClock } from '@roundtrip/engine';
import { createCloud, invoker } from '@roundtrip/local-cloud';
import type { Cloud, Fault } from '@roundtrip/local-cloud';
import { refuseStale } from '@roundtrip/aws';
import type { Invoke } from '@roundtrip/aws';
import type { Life } from './life.ts';
import type { CallRecord } from './record.ts';

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';
/** The account of somebody who types the right thing with the wrong credentials. */
export const OTHER_ACCOUNT = '222222222222';
/** Monday, 5 January 2026, six in the morning. */
const START = Date.UTC(2026, 0, 5, 6);

/** A cloud under a virtual clock, and a way in for each process that notes every call. */
export interface Stage {
  readonly clock: VirtualClock;
  readonly cloud: Cloud;
  readonly calls: CallRecord[];
  readonly defects: string[];
  /** What an SDK client of a process is made with; `run` is who its calls are noted for, `account` whose keys it has. */
  settingsOf(run: string, life: Life, account?: string): ProcessSettings;
  setFaults(faults: readonly Fault[]): void;
}

export interface ProcessSettings {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly invoke: Invoke;
  readonly sleep: (ms: number) => Promise<void>;
}

export const SECRET_KEY = 'wJalrXUtnFEMI-rehearsal';

export function createStage(seed: string, limits: 'on' | 'off'): Stage {
  const clock = createVirtualClock(START);
  const defects: string[] = [];
  const cloud = createCloud({ clock, seed, limits, report: (defect) => defects.push(textOf(defect)) });
  const calls: CallRecord[] = [];
  const stage: Stage = {
    clock,
    cloud,
    calls,
    defects,
    settingsOf(run, life, account = ACCOUNT) {
      // An access key of twelve digits is that account's.
      const caller = { accessKeyId: account, region: REGION };
      const invoke = invoker(cloud, { sleep: (ms: number) => clock.sleep(ms), ...caller });
      const sleep = (ms: number): Promise<void> => life.call(() => clock.sleep(ms, life.signal));
      return {
        region: caller.region,
        credentials: { accessKeyId: caller.accessKeyId, secretAccessKey: SECRET_KEY },
        invoke: watchedInvoke(invoke, { clock, calls, run, life, account: caller.accessKeyId, region: caller.region }),
        sleep,
      };
    },
    setFaults: (faults) => cloud.setFaults({ faults: [...faults] }),
  };
  return stage;
}

type Noted = Pick<CallRecord, 'service' | 'operation' | 'subject'> & { readonly leaseOf?: string };

interface Watch {
  readonly clock: VirtualClock;
  readonly calls: CallRecord[];
  readonly run: string;
  readonly life: Life;
  readonly account: string;
  readonly region: string;
}

type Recording = { -readonly [Key in keyof CallRecord]: CallRecord[Key] };

/** Notes a call when the cloud gets it, also where its answer comes late, or gets lost on the way back. */
async function noted<T extends object>(
  { clock, calls, run, life, account, region }: Watch,
  call: Noted,
  make: () => Promise<T>,
): Promise<T> {
  const signedAt = clock.now();
  return await life.call(async () => {
    // As a client does it: such a call never gets to the cloud.
    refuseStale(clock.now() - signedAt);
    const record: Recording = { at: clock.now(), run, account, region, ...call, outcome: 'lost' };
    calls.push(record);
    try {
      const answer = await make();
      record.outcome = 'ok';
      if (call.operation === 'DescribeVpcEndpoints') record.available = availableIn(answer);
      return answer;
    } catch (error) {
      const { name, $metadata } = error as Error & { readonly $metadata?: object };
      if ($metadata !== undefined) record.outcome = name;
      throw error;
    }
  });
}

function watchedInvoke(invoke: Invoke, watch: Watch): Invoke {
  return async (service, operation, input) => {
    const { StackName, Bucket, Key, Body, Identifier } = input as {
      readonly StackName?: string;
      readonly Identifier?: string;
      readonly Bucket?: string;
      readonly Key?: string;
      readonly Body?: Uint8Array;
    };
    const isLease = operation === 'PutObject' && Key !== undefined && /^leases\/[^/]+\.json$/.test(Key);
    const lease = isLease && Body !== undefined ? { leaseOf: leaseOf(Buffer.from(Body).toString('utf8')) } : {};
    const call = {
      service,
      operation,
      subject: StackName ?? Identifier ?? (Bucket === undefined ? '' : `/${Bucket}/${Key ?? ''}`),
      ...lease,
    };
    return await noted(watch, call, () => invoke(service, operation, input));
  };
}

function availableIn(answer: object): readonly string[] {
  const { VpcEndpoints = [] } = answer as {
    readonly VpcEndpoints?: readonly { readonly VpcEndpointId?: string; readonly State?: string }[];
  };
  return VpcEndpoints.flatMap(({ VpcEndpointId, State }) =>
    VpcEndpointId === undefined || State?.toLowerCase() !== 'available' ? [] : [VpcEndpointId],
  );
}

/** Empty for a lease that is given back. */
function leaseOf(body: string): string {
  const { run, released } = JSON.parse(body) as { readonly run: string; readonly released?: boolean };
  return released === true ? '' : run;
}

function textOf(defect: unknown): string {
  return defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
}
