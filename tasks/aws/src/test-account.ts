import type { StackCloud } from '@roundtrip/engine';
import { createCloud, requestHandler, type FaultPlan } from '@roundtrip/local-cloud';
import { createCallCounter, type CallCounter } from './call-counter.ts';
import type { ClientSettings } from './client-settings.ts';
import { createStackCloud } from './stack-cloud.ts';

export const ACCOUNT = '111111111111';

export interface TestAccount {
  readonly settings: ClientSettings;
  readonly counter: CallCounter;
  readonly stacks: StackCloud;
  /** Switches these faults on in place of all others. */
  setFaults(plan: FaultPlan): void;
  /** Lets that many milliseconds of the cloud's time pass. */
  pass(ms: number): void;
}

/** An account of a local cloud in this process, on a clock that the test moves; the real adapters talk to it. */
export function createTestAccount(): TestAccount {
  let now = Date.UTC(2026, 0, 5);
  const cloud = createCloud({ clock: { now: () => now }, limits: 'off' });
  const settings: ClientSettings = {
    region: 'eu-west-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'local-cloud' },
    requestHandler: requestHandler(cloud),
  };
  const counter = createCallCounter();
  const stacks = createStackCloud(settings, ACCOUNT, counter);
  return { settings, counter, stacks, setFaults: (plan) => cloud.setFaults(plan), pass: (ms) => (now += ms) };
}
