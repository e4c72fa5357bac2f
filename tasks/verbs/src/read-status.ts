import { toCloudError } from '@roundtrip/aws';
import { outermostIn, TAG, type JournalEvent, type ObservedStack } from '@roundtrip/engine';
import { listEnvironments } from '@roundtrip/environment';
import { formatProblem, ProblemError, type Problem } from '@roundtrip/problem';
import type { StatusView } from '@roundtrip/view';
import { accessProblem } from './access-problem.ts';
import { guardAccount } from './guards.ts';
import { latestJournals, readJournal } from './journal-file.ts';
import { openEnvironment, type OpenEnvironment } from './open-environment.ts';
import { realClock } from './real-clock.ts';

type EnvironmentStatus = StatusView['environments'][number];

/** Every environment of `envs/` with its stacks and its last run; one that cannot be asked says why. */
export async function readStatus(root: string, env: NodeJS.ProcessEnv): Promise<StatusView> {
  const environments: EnvironmentStatus[] = [];
  // One after the other: two of them may want to start the same local cloud.
  for (const name of listEnvironments(root)) environments.push(await statusOf(root, name, env));
  return { environments, nowMs: realClock.now() };
}

async function statusOf(root: string, name: string, env: NodeJS.ProcessEnv): Promise<EnvironmentStatus> {
  const last = lastRun(root, name);
  const lastRunPart = last === undefined ? {} : { lastRun: last };
  let open: OpenEnvironment;
  try {
    open = await openEnvironment(root, name, env);
  } catch (error) {
    const facts = { name, account: '', region: '', cloud: 'local' as const, protect: false };
    return { ...facts, reachable: textOf(error), stacks: [], ...lastRunPart };
  }
  const { account, region, cloud, protect } = open.environment.facts;
  const head = { name, account, region, cloud, protect, ...lastRunPart };
  try {
    await guardAccount(open);
    const all = await open.cloud.sweep();
    const outermost = outermostIn(all);
    // A nested stack is part of its parent, and stands for itself once that one is gone.
    const stacks = all.filter((one) => outermost(one) === one).flatMap((stack) => ofEnvironment(open, stack));
    return { ...head, reachable: true, stacks, ...(cloud === 'local' ? await localTime(root, env) : {}) };
  } catch (error) {
    const problem = error instanceof ProblemError ? error : accessProblem(toCloudError(error), open);
    return { ...head, reachable: textOf(problem), stacks: [] };
  }
}

/** The local cloud's clock runs SPEED times as fast as this machine's, so the ages of its stacks count from its own. */
async function localTime(root: string, env: NodeJS.ProcessEnv): Promise<{ cloudNowMs?: number }> {
  const { cloudTime } = await import('@roundtrip/local-cloud/daemon');
  const cloudNowMs = await cloudTime({ root, env });
  return cloudNowMs === undefined ? {} : { cloudNowMs };
}

/** Stacks that carry the environment's tag, and those of its names that do not. */
function ofEnvironment(open: OpenEnvironment, stack: ObservedStack): EnvironmentStatus['stacks'] {
  const { name } = open.environment.facts;
  const desired = [...open.desired.values()].flat().find((one) => one.name === stack.name);
  const ours = stack.tags[TAG.environment] === name;
  if (!ours && desired === undefined) return [];
  return [
    {
      name: stack.name,
      layer: stack.tags[TAG.layer] ?? desired?.layer ?? '',
      status: stack.status,
      createdAt: stack.createdAt,
      ...(stack.updatedAt === undefined ? {} : { updatedAt: stack.updatedAt }),
      protected: stack.terminationProtection,
      ours,
    },
  ];
}

function lastRun(root: string, name: string): EnvironmentStatus['lastRun'] {
  const path = latestJournals(root, name, 1)[0];
  if (path === undefined) return undefined;
  const events = readJournal(path);
  const started = events.find((event) => event.type === 'run-started');
  if (started === undefined) return undefined;
  const finished = events.find((event) => event.type === 'run-finished');
  const wallMs = finished?.wallMs ?? (events.at(-1)?.at ?? started.at) - started.at;
  return { run: started.run, verb: started.verb, startedAt: started.at, result: resultOf(events, finished), wallMs };
}

/** How a run ended, in a word. */
export function resultOf(events: readonly JournalEvent[], finished: { readonly exitCode: number } | undefined): string {
  if (events.some((event) => event.type === 'interrupted')) return 'interrupted';
  if (finished === undefined) return 'unfinished';
  return finished.exitCode === 0 ? 'done' : 'failed';
}

/** On one line, what happened is enough; the verb that needs the account tells the rest. */
function textOf(error: unknown): string {
  if (error instanceof ProblemError) return error.problems.map((one) => formatProblem(headOf(one))).join('; ');
  return error instanceof Error ? error.message : String(error);
}

function headOf({ code, place, what }: Problem): Problem {
  return { code, what, ...(place && { place }) };
}
