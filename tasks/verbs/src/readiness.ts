import { createReadinessProbe, type CallCounter, type ClientSettings } from '@roundtrip/aws';
import { ReadinessWatch, type Readiness } from '@roundtrip/engine';
import { openReadyMemory } from './ready-memory.ts';
import { realClock } from './real-clock.ts';

/** As long as CloudFormation waits for a service that does not become steady. */
const WAIT_MS_MAX = 3 * 3_600_000;
/** Even a quick local cloud is asked no more often than it can be told apart. */
const QUICKER_MAX = 20;

/** What a run in express mode waits with. */
export function createReadiness(
  root: string,
  environment: string,
  open: { readonly settings: ClientSettings; readonly counter: CallCounter; readonly speed: number },
): Readiness {
  const probe = createReadinessProbe(open.settings, open.counter);
  const quicker = Math.min(QUICKER_MAX, Math.max(1, open.speed));
  const options = { lookMsMin: 3_000 / quicker, lookMsMax: 15_000 / quicker, waitMsMax: WAIT_MS_MAX / open.speed };
  const watch = new ReadinessWatch(probe, realClock, options);
  return { probe, watch, memory: openReadyMemory(root, environment) };
}
