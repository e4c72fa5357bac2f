import type * as v from 'valibot';
import { nearest } from './nearest.ts';
import { count, list } from './words.ts';

/** What the schema accepts where the wrong value stands. */
export interface Accepted {
  /** Literal values, where the accepted values are a list. */
  readonly choices: readonly unknown[];
  /** The expected kind in words: `a number`. */
  readonly expected: string;
}

export interface Words {
  /** The rest of the sentence after the value's name: `is "two", not one of one and per-zone`. */
  readonly is: string;
  readonly next?: string;
}

/**
 * Says in our words what valibot found wrong with a value. A message that the schema's author wrote is kept as it is.
 *
 * @param written the wrong value as it is shown: as it stands in the file, text in quotes
 */
export function wrongValueWords(issue: v.BaseIssue<unknown>, written: string, accepted: Accepted): Words {
  if (issue.input === null || issue.input === undefined) return empty(accepted);
  if (!issue.message.startsWith('Invalid ')) return { is: `is ${written}: ${issue.message}` };
  if (issue.kind === 'schema') return wrongKind(issue.input, written, accepted);
  const size = sizeWords(issue);
  if (size) return size;
  const rule = RULES[issue.type]?.(issue.requirement);
  if (rule) return { is: `is ${written}, ${rule.not}`, ...(rule.next !== undefined && { next: rule.next }) };
  // Formats of valibot's own (`Invalid CIDR: …`) are named by its message.
  return { is: `is ${written}, not a valid ${issue.message.slice('Invalid '.length).split(':')[0]}` };
}

function empty({ choices, expected }: Accepted): Words {
  return { is: 'is empty', next: `write ${choices.length > 0 ? list(choices.map(String), 'or') : expected} after it` };
}

function wrongKind(input: unknown, written: string, { choices, expected }: Accepted): Words {
  if (choices.length > 0) {
    const near = nearest(String(input), choices.map(String));
    if (near === String(input)) return { is: `is ${written}, not ${near}`, next: unquote(near, typeof input) };
    const not = `is ${written}, not one of ${list(choices.map(String))}`;
    return near === undefined ? { is: not } : { is: not, next: `did you mean ${near}?` };
  }
  const is = `is ${written}, not ${expected}`;
  if (expected === 'text' && typeof input !== 'object') return { is, next: `quote it: '${written}'` };
  if (expected === 'a number' && typeof input === 'string' && input.trim() !== '' && !Number.isNaN(Number(input))) {
    return { is, next: `write it without quotes: ${input}` };
  }
  if (expected === 'true or false') {
    const yes = /^(yes|on|y|true)$/i.test(String(input));
    if (yes || /^(no|off|n|false)$/i.test(String(input))) return { is, next: `write ${yes}` };
  }
  return { is };
}

const unquote = (text: string, kind: string) =>
  kind === 'string' ? `write it without quotes: ${text}` : `quote it: '${text}'`;

/** Lengths are said of the thing itself: "has 1 entry", not "is 1". */
function sizeWords(issue: v.BaseIssue<unknown>): Words | undefined {
  const wanted = Number(issue.requirement);
  const { input } = issue;
  const one = Array.isArray(input) ? 'entry' : typeof input === 'string' ? 'character' : 'key';
  const many = one === 'entry' ? 'entries' : `${one}s`;
  const size = typeof input === 'string' || Array.isArray(input) ? input.length : Object.keys(input as object).length;
  const has = `has ${count(size, one, many)}`;
  switch (issue.type) {
    case 'non_empty':
      return { is: 'is empty', next: `give it ${one === 'entry' ? 'an entry' : 'a value'}` };
    case 'min_length':
    case 'min_entries':
      return { is: `${has}, but needs ${count(wanted, one, many)} or more` };
    case 'max_length':
    case 'max_entries':
      return { is: `${has}, but may have ${count(wanted, one, many)} at most` };
    case 'length':
    case 'entries':
      return { is: `${has}, but must have ${count(wanted, one, many)}` };
    default:
      return undefined;
  }
}

type Rule = (requirement: unknown) => { readonly not: string; readonly next?: string };

const RULES: Readonly<Record<string, Rule>> = {
  min_value: (least) => ({ not: `less than ${String(least)}`, next: `write ${String(least)} or more` }),
  max_value: (most) => ({ not: `more than ${String(most)}`, next: `write ${String(most)} or less` }),
  gt_value: (bound) => ({ not: `which must be more than ${String(bound)}` }),
  lt_value: (bound) => ({ not: `which must be less than ${String(bound)}` }),
  multiple_of: (step) => ({ not: `not a multiple of ${String(step)}` }),
  integer: () => ({ not: 'not a whole number' }),
  safe_integer: () => ({ not: 'not a whole number' }),
  finite: () => ({ not: 'not a finite number' }),
  regex: (pattern) => ({ not: `which does not match ${String(pattern)}` }),
};
