import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import type { FileResult, TestFile, TestMessage } from './test-message.ts';

/**
 * The process in which the tests of one workspace run, one file after the other, each reported as it ends.
 *
 * It drives uvu's suites itself, since uvu's own runner passes a file without `.run()`, and a suite whose `before`
 * throws: there the count of tests that ran is the only witness.
 */
type Suite = () => Promise<[errors: string | true, ran: number, skipped: number, total: number]>;

const uvu = globalThis as { UVU_DEFER?: number; UVU_INDEX?: number; UVU_QUEUE?: Suite[][] };
uvu.UVU_DEFER = 1;
uvu.UVU_QUEUE = [];

const NEVER_RUN = 'this file runs no test: end it with "test.run();"';

async function main(files: readonly TestFile[]): Promise<void> {
  for (const [index, file] of files.entries()) {
    send({ kind: 'started', file: file.source });
    send({ kind: 'finished', result: await runFile(file, index) });
  }
  send({ kind: 'done' });
  process.disconnect();
}

async function runFile(file: TestFile, index: number): Promise<FileResult> {
  const startedMs = performance.now();
  const suites: Suite[] = [];
  uvu.UVU_INDEX = index;
  uvu.UVU_QUEUE?.push(suites);
  const failures: string[] = [];
  let [passed, failed, skipped] = [0, 0, 0];
  const fail = (text: string, count = 1) => {
    failures.push(text);
    failed += count;
  };
  try {
    await import(pathToFileURL(file.compiled).href);
    for (const suite of suites) {
      const [errors, ran, left, total] = await suite();
      passed += ran;
      skipped += left;
      if (errors !== true) fail(errors, total - ran);
      else if (ran < total)
        fail(`${total - ran} of ${total} tests did not run: a before or after hook failed`, total - ran);
    }
    if (passed + failed + skipped === 0) fail(NEVER_RUN);
  } catch (error) {
    fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { file: file.source, passed, failed, skipped, failures, durationMs: performance.now() - startedMs };
}

function send(message: TestMessage): void {
  process.send?.(message);
}

await main(JSON.parse(process.argv[2] ?? '[]') as TestFile[]);
