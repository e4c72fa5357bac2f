import { spawn } from 'node:child_process';

/** Far beyond what any check needs; only there so that a tool that hangs does not hang `make check` with it. */
const DEADLINE_MS = 300_000;
const OUTPUT_CHARACTERS_MAX = 100_000;

/** Tools that would ask, colour, phone home or leave a process behind if they were not told otherwise. */
const QUIET = {
  CI: 'true',
  NO_COLOR: '1',
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  TURBO_TELEMETRY_DISABLED: '1',
};

/**
 * Runs a Node script with arguments in `cwd` and waits for it.
 * Out: empty when it ended with 0; else all that it printed, which is never empty.
 */
export function runCommand(cwd: string, args: readonly string[], deadlineMs = DEADLINE_MS): Promise<string> {
  const { FORCE_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, args, { cwd, env: { ...env, ...QUIET }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-OUTPUT_CHARACTERS_MAX)));
  }
  const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      if (code === 0) return resolve('');
      const end = signal ? `killed by ${signal} (the limit is ${deadlineMs / 1000} s)` : `exit code ${code}`;
      resolve(output.trim() === '' ? end : signal ? `${output.trimEnd()}\n${end}` : output);
    });
  });
}
