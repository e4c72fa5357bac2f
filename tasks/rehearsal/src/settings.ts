import { ProblemError } from '@roundtrip/problem';

export interface Settings {
  /** One seed is played and told in full. */
  readonly only?: string;
  /** So many seeds are played, unless minutes are given. */
  readonly count: number;
  readonly minutes?: number;
  /** The seeds are `<base>-1`, `<base>-2` and so on. */
  readonly base: string;
  /** Ends with the first seed that fails, and shrinks nothing. */
  readonly stopsAtFirst?: true;
}

const COUNT = 200;

/** @throws ProblemError where a variable is no number */
export function readSettings(env: Readonly<Record<string, string | undefined>>, chosen: string): Settings {
  const count = whole(env['SEEDS'], 'SEEDS') ?? COUNT;
  const minutes = whole(env['MINUTES'], 'MINUTES');
  const only = env['SEED'];
  return {
    count,
    base: env['BASE'] === undefined || env['BASE'] === '' ? chosen : env['BASE'],
    ...(only === undefined || only === '' ? {} : { only }),
    ...(minutes === undefined ? {} : { minutes }),
    ...(env['STOP'] === 'first' ? { stopsAtFirst: true as const } : {}),
  };
}

export function whole(text: string | undefined, name: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new ProblemError({
    code: 'no-number',
    what: `${name} is "${text}", which is no whole number from 1 to 9999999`,
    next: `type: make rehearse ${name}=${name === 'SEEDS' ? '200' : '5'}`,
  });
}
