import { ProblemError } from '@roundtrip/problem';
import { whole } from '../settings.ts';

export interface EnvironmentSettings {
  /** The name of an env file. */
  readonly environment: string;
  readonly seeds: readonly string[];
  readonly withHooks: boolean;
}

const COUNT = 5;

/** @throws ProblemError where a variable is not what it should be */
export function readEnvironmentSettings(env: Readonly<Record<string, string | undefined>>): EnvironmentSettings {
  const environment = env['ENV'] ?? '';
  const count = whole(env['SEEDS'], 'SEEDS') ?? COUNT;
  if ((env['MINUTES'] ?? '') !== '') {
    throw new ProblemError({
      code: 'no-soak',
      what: 'MINUTES is for random environments, and ENV names one',
      next: `type: make rehearse ENV=${environment} SEEDS=20`,
    });
  }
  const hooks = env['HOOKS'] ?? '';
  if (hooks !== '' && hooks !== 'off') {
    throw new ProblemError({
      code: 'hooks-on-or-off',
      what: `HOOKS is "${hooks}", and only "off" is known`,
      next: `type: make rehearse ENV=${environment} HOOKS=off`,
    });
  }
  const seed = env['SEED'] ?? '';
  const seeds = seed === '' ? Array.from({ length: count }, (_, index) => `${environment}-${index + 1}`) : [seed];
  return { environment, seeds, withHooks: hooks === '' };
}
