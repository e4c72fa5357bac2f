import { execFile, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { InstalledAws } from './installed-aws.ts';

/** How one command of the `aws` command line has ended. */
export interface Ended {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** The `aws` command line, ready for one command after the other. */
export interface AwsProgram {
  run(args: readonly string[]): Promise<Ended>;
  /** Nothing is run after this. */
  end(): void;
}

const TIMEOUT_MS = 60_000;
const LATE: Ended = { failed: true, stdout: '', stderr: `aws has not answered for ${TIMEOUT_MS / 1000} s` };

/**
 * Its own entry point for every command, with a session of its own as in a process of its own; only AWS's models are read
 * once. To start Python and to read them takes the most of a command's second.
 */
const LOOP = `
import io, json, sys
from awscli.clidriver import create_clidriver
models, answers = create_clidriver().session.get_component('data_loader'), sys.stdout
for line in sys.stdin:
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), 'utf-8', write_through=True) for _ in range(2))
    driver = create_clidriver()
    driver.session.register_component('data_loader', models)
    try:
        code = driver.main(json.loads(line))
    except SystemExit as left:
        code = left.code
    texts = [stream.buffer.getvalue().decode('utf-8') for stream in (sys.stdout, sys.stderr)]
    answers.write(json.dumps([code, *texts]) + '\\n')
    answers.flush()
`;

/** Where the Python of `aws` is at hand one process runs everything, else each command has its own. */
export function awsProgram({ python }: InstalledAws, env: NodeJS.ProcessEnv): AwsProgram {
  if (python === undefined) return { run: (args) => runOnce('aws', args, env), end: () => undefined };
  let kept: KeptProgram | undefined;
  return {
    run(args) {
      kept ??= new KeptProgram(spawn(python, ['-c', LOOP], { env }));
      return kept.run(args);
    },
    end: () => kept?.end(),
  };
}

export function runOnce(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env, timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
    execFile(file, args, options, (error, stdout, stderr) => resolve({ failed: error !== null, stdout, stderr }));
  });
}

/** One command at a time. What it writes on its way out, or its silence, is the answer to everything that follows. */
class KeptProgram {
  readonly #child: ChildProcessWithoutNullStreams;
  #answer: ((ended: Ended) => void) | undefined;
  #gone: Ended | undefined;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    // A command that comes after the end has its answer below.
    child.stdin.on('error', () => undefined);
    child.once('error', ({ message }) => this.#leave({ ...LATE, stderr: message }));
    child.once('close', () => this.#leave({ ...LATE, stderr: `aws has ended by itself: ${stderr}` }));
    createInterface(child.stdout).on('line', (line) => {
      const [code, ...texts] = JSON.parse(line) as [number | null, string, string];
      this.#answer?.({ failed: code !== 0 && code !== null, stdout: texts[0], stderr: texts[1] });
    });
  }

  run(args: readonly string[]): Promise<Ended> {
    if (this.#gone !== undefined) return Promise.resolve(this.#gone);
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#leave(LATE), TIMEOUT_MS);
      this.#answer = (ended) => {
        clearTimeout(late);
        resolve(ended);
      };
      this.#child.stdin.write(`${JSON.stringify(args)}\n`);
    });
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }

  #leave(ended: Ended): void {
    this.#gone ??= ended;
    this.#answer?.(this.#gone);
    this.end();
  }
}
