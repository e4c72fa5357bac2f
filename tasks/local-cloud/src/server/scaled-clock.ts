import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../cloud.ts';

/** Where the two clocks met. */
interface Anchor {
  readonly cloudMs: number;
  readonly realMs: number;
  readonly speed: number;
}

/**
 * A clock that runs `speed` times as fast as the real one. It goes on while the process is down and over a change
 * of speed, because where the clocks met is kept in the data directory.
 *
 * @param realNow milliseconds since the epoch
 */
export function scaledClock(directory: string, speed: number, realNow: () => number): Clock {
  const path = join(directory, 'clock.json');
  const kept = readAnchor(path);
  const anchor = kept?.speed === speed ? kept : { cloudMs: cloudTime(kept, realNow()), realMs: realNow(), speed };
  if (anchor !== kept) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(`${path}.new`, JSON.stringify(anchor));
    renameSync(`${path}.new`, path);
  }
  return { now: () => cloudTime(anchor, realNow()) };
}

function cloudTime(anchor: Anchor | undefined, realMs: number): number {
  if (anchor === undefined) return realMs;
  return Math.floor(anchor.cloudMs + Math.max(0, realMs - anchor.realMs) * anchor.speed);
}

/** A file that cannot be read starts the clock anew; the store sees to it that it does not go back. */
function readAnchor(path: string): Anchor | undefined {
  try {
    const { cloudMs, realMs, speed } = JSON.parse(readFileSync(path, 'utf8')) as Anchor;
    const isWhole = [cloudMs, realMs, speed].every((value) => Number.isFinite(value));
    return isWhole ? { cloudMs, realMs, speed } : undefined;
  } catch {
    return undefined;
  }
}
