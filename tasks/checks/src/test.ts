import { ProblemError } from '@roundtrip/problem';
import { exitWhenPipeCloses } from './exit-when-pipe-closes.ts';
import { inPool } from './in-pool.ts';
import { projectRoot } from './project-root.ts';
import { endGroup, runWorkspace } from './run-workspace.ts';
import { counts, totalLines, workspaceLines } from './test-report.ts';
import { testParts } from './test-parts.ts';
import { testWorkspaces } from './test-workspaces.ts';

/** Generous: a workspace's tests take seconds; this is for the machine that is busy with something else. */
const DEADLINE_MS = 240_000;
/** More than there are cores: much of what the verbs' tests do is to wait for processes. */
const PARTS_AT_ONCE = 3;

/** `make test`: every workspace's tests, or those of the workspaces named as arguments. Exit 1 on any failure. */
async function main(filters: readonly string[]): Promise<number> {
  const root = projectRoot();
  const groups = endGroupsWhenInterrupted();
  const results = await inPool(testParts(testWorkspaces(root, filters)), PARTS_AT_ONCE, async (workspace) => {
    const result = await runWorkspace(workspace, { root, deadlineMs: DEADLINE_MS, groups });
    print(workspaceLines(result));
    return result;
  });
  print(totalLines(results));
  const { passed, failed } = counts(results);
  return failed > 0 || passed === 0 ? 1 : 0;
}

/** An interrupted runner must not leave tests running behind. */
function endGroupsWhenInterrupted(): Set<number> {
  const groups = new Set<number>();
  const endAll = () => {
    for (const pid of groups) endGroup(pid);
  };
  exitWhenPipeCloses(endAll);
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.once(signal, () => {
      endAll();
      process.exit(128 + number);
    });
  }
  return groups;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
