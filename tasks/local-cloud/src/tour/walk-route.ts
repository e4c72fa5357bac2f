import { answerProblems, unmet, valueAt } from './answer-problems.ts';
import type { Answer, Caller } from './caller.ts';
import type { Route, Step } from './step.ts';

export interface Walk {
  /** Tried in this order; the first that knows the operation makes the call. */
  readonly callers: readonly { readonly name: string; readonly caller: Caller }[];
  /** Lets time pass between two looks at something that is not ready yet. */
  wait(): Promise<void>;
}

export interface StepResult {
  readonly step: Step;
  /** The name of the client that made the call. */
  readonly by: string;
  readonly problems: readonly string[];
}

const LOOKS_MAX = 90;

/**
 * Goes through a route's steps in order. A step that fails does not end it: later ones tell more.
 *
 * The first client of those that know an operation makes its first call, and each that has to fail; the last one makes
 * the others: where it cannot be kept running, a command line takes half a second to start.
 */
export async function walkRoute({ steps }: Route, walk: Walk): Promise<StepResult[]> {
  const saved = new Map<string, string>();
  const seen = new Set<string>();
  const results: StepResult[] = [];
  for (const step of steps) {
    const operation = `${step.service} ${step.operation}`;
    const callers = seen.has(operation) && step.fails === undefined ? walk.callers.slice(-1) : walk.callers;
    seen.add(operation);
    results.push(await takeStep(filled(step, saved), { ...walk, callers }, saved));
  }
  return results;
}

async function takeStep(step: Step, walk: Walk, saved: Map<string, string>): Promise<StepResult> {
  const { answer: first, by } = await callOnce(step, walk);
  let answer = first;
  for (let looks = 0; isEarly(answer, step) && looks < LOOKS_MAX; looks++) {
    await walk.wait();
    ({ answer } = await callOnce(step, { ...walk, callers: walk.callers.slice(-1) }));
  }
  const late = 'output' in answer ? unmet(answer.output, step.until ?? {}) : [];
  const problems = [...answerProblems(answer, step), ...late, ...save(answer, step, saved)];
  return { step, by, problems };
}

async function callOnce(step: Step, { callers }: Walk): Promise<{ answer: Answer; by: string }> {
  for (const { name, caller } of callers) {
    const answer = await caller.call(step);
    if (answer !== undefined) return { answer, by: name };
  }
  return { answer: { code: 'UnknownToAll', message: 'no client knows this operation' }, by: 'nobody' };
}

function isEarly(answer: Answer, { until = {} }: Step): boolean {
  return 'output' in answer && unmet(answer.output, until).length > 0;
}

function save(answer: Answer, step: Step, saved: Map<string, string>): string[] {
  if (!('output' in answer)) return [];
  return Object.entries(step.save ?? {}).flatMap(([name, path]) => {
    const value = valueAt(answer.output, path);
    if (typeof value !== 'string') return [`there is nothing at ${path}`];
    saved.set(name, value);
    return [];
  });
}

/** Puts what earlier steps have saved in the place of every `<name>`. */
function filled(step: Step, saved: ReadonlyMap<string, string>): Step {
  const fill = (text: string) => text.replace(/<(\w+)>/g, (whole, name: string) => saved.get(name) ?? whole);
  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item)]));
  };
  const { input, bytes = {} } = step;
  return { ...step, input: deep(input) as object, bytes: deep(bytes) as Record<string, string> };
}
