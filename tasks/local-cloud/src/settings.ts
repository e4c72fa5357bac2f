import { ProblemError } from '@roundtrip/problem';

export const DEFAULT_PORT = 4566;
export const DEFAULT_SPEED = 60;
const SPEED_MAX = 100_000;

/** @throws ProblemError where the text is no TCP port */
export function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new ProblemError({
    code: 'local-cloud-port',
    what: `LOCAL_CLOUD_PORT is "${text}", which is no port`,
    why: 'a port is a whole number from 1 to 65535',
    next: 'LOCAL_CLOUD_PORT=4567 make stage',
  });
}

/** @throws ProblemError where the text is neither on nor off */
export function limitsOf(text: string | undefined): 'on' | 'off' {
  if (text === undefined || text === '') return 'on';
  if (text === 'on' || text === 'off') return text;
  throw new ProblemError({
    code: 'local-cloud-limits',
    what: `LOCAL_CLOUD_LIMITS is "${text}", which is neither on nor off`,
    why: "it says whether the local cloud keeps to AWS's rate limits; on unless said",
    next: 'LOCAL_CLOUD_LIMITS=off make stage',
  });
}

/** @throws ProblemError where the text is no speed: cloud seconds a real second */
export function speedOf(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_SPEED;
  const speed = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (speed > 0 && speed <= SPEED_MAX) return speed;
  throw new ProblemError({
    code: 'local-cloud-speed',
    what: `SPEED is "${text}", which is no speed`,
    why: `it says how many seconds of the local cloud pass in a second: a number over 0, at most ${SPEED_MAX}`,
    next: 'SPEED=60 make stage',
  });
}
