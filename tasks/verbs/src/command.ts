import type { Direction } from '@roundtrip/engine';

/** A turbo task and what it does to which environment. */
export interface Command {
  /** The turbo task: stage, prod, destroy-stage, up, down. */
  readonly task: string;
  readonly direction: Direction;
  readonly environment: string;
  /** What a person types to do the same again. */
  readonly make: string;
}

/** The two generic tasks take the environment as an argument; the others name it themselves. */
export function commandOf(task: string, environment: string | undefined): Command | undefined {
  if (task === 'up' || task === 'down') {
    if (environment === undefined) return undefined;
    return { task, direction: task, environment, make: `make ${task} ENV=${environment}` };
  }
  const named = /^(destroy-)?(.+)$/.exec(task);
  if (named === null || (environment !== undefined && environment !== named[2])) return undefined;
  return { task, direction: named[1] === undefined ? 'up' : 'down', environment: named[2]!, make: `make ${task}` };
}
