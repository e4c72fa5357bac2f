import { createInterface } from 'node:readline';
import { EXIT, ProblemError } from '@roundtrip/problem';

export interface NameQuestion {
  /** The environment that has to be named. */
  readonly name: string;
  /** What is done then: `unlock it`. */
  readonly deed: string;
  /** What was typed. */
  readonly make: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Lets a person type the name of the environment, or takes it from CONFIRM.
 * @returns false where another name, or none, was typed
 * @throws ProblemError, exit code 3, where CONFIRM names another environment, or nobody is there to be asked
 */
export async function confirmName(question: NameQuestion): Promise<boolean> {
  const { name, deed, make, env, stdin, stdout } = question;
  const given = env['CONFIRM'] ?? '';
  if (given === name) return true;
  const next = `${make} CONFIRM=${name}`;
  if (given !== '') {
    const what = `Refused: CONFIRM is "${given}", the environment is ${name}`;
    throw new ProblemError({ code: 'confirm-other', what, next }, EXIT.refused);
  }
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    const what = `Refused: nobody is there to be asked whether to ${deed}`;
    const why = `there is no terminal, and CONFIRM does not name the environment ${name}`;
    throw new ProblemError({ code: 'confirm-nobody', what, why, next }, EXIT.refused);
  }
  const typed = await ask(question);
  if (typed === name) return true;
  stdout.write(`Nothing was changed: ${typed === '' ? 'no name was typed' : `"${typed}" is not ${name}`}\n`);
  return false;
}

/** An answer that never ends, by Ctrl-C or Ctrl-D, is no answer. */
async function ask({ name, deed, stdin, stdout }: NameQuestion): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    return await new Promise<string>((resolve) => {
      lines.once('close', () => resolve(''));
      lines.question(`To ${deed}, type ${name}: `, (typed) => resolve(typed.trim()));
    });
  } finally {
    lines.close();
  }
}
