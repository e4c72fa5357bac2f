import { AWS_POLLING, type PollerOptions } from '@roundtrip/engine';

/** Looking more often than this at a quick local cloud shows a person nothing more. */
const QUICKER_MAX = 8;

/** @param speed cloud seconds in a real second: 1 on AWS, SPEED on the local cloud */
export function pollerOptions(speed: number): PollerOptions {
  const quicker = Math.min(QUICKER_MAX, Math.max(1, speed));
  return {
    ...AWS_POLLING,
    pollMsUnknown: AWS_POLLING.pollMsUnknown / quicker,
    pollMsMax: AWS_POLLING.pollMsMax / quicker,
    quietMs: AWS_POLLING.quietMs / Math.max(1, speed),
  };
}
