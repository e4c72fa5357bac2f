import type { Direction } from '@roundtrip/engine';
import { ProblemError } from '@roundtrip/problem';

/** A turbo task and what it does to which environment. */
export interface Command {
  /** The turbo task: stage, prod, destroy-stage, up, down. */
  readonly task: string;
  readonly direction: Direction;
  readonly environment: string;
  /** What a person types to do the same again. */
  readonly make: string;
}

/**
 * The two generic tasks take the environment as an argument; the others name it themselves.
 * @param environment the value of `--env`; empty as good as absent, because that is what `make up` without ENV gives
 * @throws ProblemError where the environment is missing, or is another one than the task names
 */
export function commandOf(task: string, environment: string | undefined): Command {
  const given = environment === '' ? undefined : environment;
  if (task === '' || task === 'up' || task === 'down') {
    if (task === '' || given === undefined) throw noEnvironment(task === '' ? 'up' : task);
    return { task, direction: task, environment: given, make: `make ${task} ENV=${given}` };
  }
  const isDown = task.startsWith('destroy-');
  const named = isDown ? task.slice('destroy-'.length) : task;
  if (given !== undefined && given !== named) throw otherEnvironment(task, named, given, isDown ? 'down' : 'up');
  return { task, direction: isDown ? 'down' : 'up', environment: named, make: `make ${task}` };
}

export function noEnvironment(task: string): ProblemError {
  return new ProblemError({
    code: 'no-environment',
    what: `make ${task} needs the name of an environment`,
    next: `type: make ${task} ENV=stage`,
  });
}

function otherEnvironment(task: string, named: string, given: string, direction: Direction): ProblemError {
  return new ProblemError({
    code: 'other-environment',
    what: `make ${task} is for the environment "${named}" and for no other, not for "${given}"`,
    next: `type: make ${direction} ENV=${given}`,
  });
}
