import type { FileResult, WorkspaceResult } from './test-message.ts';

const SLOW_MS_MIN = 1_000;
const SLOW_FILES_MAX = 5;

/** One workspace as soon as it is done: a line, and below it everything that failed. */
export function workspaceLines(result: WorkspaceResult): string[] {
  const { passed, failed, skipped } = counts([result]);
  const numbers = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  const name = result.part === undefined ? result.workspace : `${result.workspace} ${result.part}`;
  const head = `${failed > 0 ? 'FAIL' : 'ok  '} ${name.padEnd(26)} ${numbers.join(', ')} (${seconds(result.durationMs)})`;
  if (failed === 0) return [head];
  const texts = result.files.flatMap(({ file, failures }) =>
    failures.map((text) => `${result.workspace}/${file}\n${text}`),
  );
  const said = result.output.trim() === '' ? [] : ['what the tests printed:', ...result.output.trimEnd().split('\n')];
  return [
    head,
    ...[...texts, ...result.failures].flatMap((text) => ['', ...text.trimEnd().split('\n')]),
    '',
    ...said,
  ].map((line, index) => (index === 0 ? line : `     ${line}`.trimEnd()));
}

/** The end of the report; its last line is `N passed, N failed`, counted in tests. */
export function totalLines(results: readonly WorkspaceResult[]): string[] {
  const { passed, failed, skipped } = counts(results);
  return [...slowest(results), ...(skipped > 0 ? [`${skipped} skipped`] : []), `${passed} passed, ${failed} failed`];
}

/** Tests by outcome; what fails a whole workspace counts as one failure, so that the numbers never look better than it was. */
export function counts(results: readonly WorkspaceResult[]): { passed: number; failed: number; skipped: number } {
  const files = results.flatMap((result) => result.files);
  const sum = (count: (file: FileResult) => number) => files.reduce((total, file) => total + count(file), 0);
  const others = results.reduce((total, { failures }) => total + failures.length, 0);
  return {
    passed: sum((file) => file.passed),
    failed: sum((file) => file.failed) + others,
    skipped: sum((file) => file.skipped),
  };
}

function slowest(results: readonly WorkspaceResult[]): string[] {
  const files = results.flatMap(({ workspace, files }) =>
    files.map((file) => ({ ...file, file: `${workspace}/${file.file}` })),
  );
  const slow = files.filter(({ durationMs }) => durationMs >= SLOW_MS_MIN).sort((a, b) => b.durationMs - a.durationMs);
  if (slow.length === 0) return [];
  const lines = slow
    .slice(0, SLOW_FILES_MAX)
    .map(({ file, durationMs }) => `  ${seconds(durationMs).padStart(7)}  ${file}`);
  return ['', 'slowest files', ...lines, ''];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
