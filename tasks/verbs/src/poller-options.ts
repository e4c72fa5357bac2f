import type { PollerOptions } from '@roundtrip/engine';

/** Sweeps as AWS bears them: its limit for DescribeStacks is about five a second for all callers together. */
const AWS: PollerOptions = {
  pollMsMin: 300,
  pollMsUnknown: 900,
  pollMsMax: 5_000,
  quietMs: 6_000,
  failuresMax: 20,
  failureMs: 500,
};

/** Looking more often than this at a quick local cloud shows a person nothing more. */
const QUICKER_MAX = 8;

/** @param speed cloud seconds in a real second: 1 on AWS, SPEED on the local cloud */
export function pollerOptions(speed: number): PollerOptions {
  const quicker = Math.min(QUICKER_MAX, Math.max(1, speed));
  return {
    ...AWS,
    pollMsUnknown: AWS.pollMsUnknown / quicker,
    pollMsMax: AWS.pollMsMax / quicker,
    quietMs: AWS.quietMs / Math.max(1, speed),
  };
}
