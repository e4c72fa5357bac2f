import { isRecord } from '@roundtrip/template';
import type { Answer } from './caller.ts';
import type { Expectations, Step } from './step.ts';

/** What is wrong with an answer, each as a sentence; none where all is as the step expects. */
export function answerProblems(answer: Answer, { expect = {}, fails }: Step): string[] {
  if ('code' in answer) {
    const isExpected = fails !== undefined && answer.code.startsWith(fails);
    return isExpected ? [] : [`it failed with ${answer.code}: ${answer.message}`];
  }
  if (fails !== undefined) return [`it did not fail with ${fails}`];
  return unmet(answer.output, expect);
}

/** The expectations that an answer does not meet. */
export function unmet(output: unknown, expectations: Expectations): string[] {
  return Object.entries(expectations).flatMap(([path, expected]) => {
    const found = valueAt(output, path);
    const isMet = expected instanceof RegExp ? expected.test(textOf(found)) : found === expected;
    return isMet ? [] : [`${path} is ${textOf(found)}, not ${textOf(expected)}`];
  });
}

/** `Stacks.0.StackStatus`; undefined where there is nothing. */
export function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const key of path.split('.')) {
    if (!isRecord(at) && !Array.isArray(at)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? 'absent');
}
