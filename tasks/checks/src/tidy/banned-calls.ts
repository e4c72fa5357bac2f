import type { Problem } from '@roundtrip/problem';
import { identifier, isNode } from './source-file.ts';
import type { SourceFile, SyntaxNode } from './source-file.ts';
import { purity } from './territory.ts';

/** What is banned, as it is written, and what to write instead. */
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate'];
/** The timers that wait; setImmediate only lets everything that is due happen, which a virtual clock needs. */
const WAITS = ['setTimeout', 'setInterval'];
const INSTEAD: Readonly<Record<string, string>> = {
  'Date.now': 'take a clock and call its now()',
  'new Date()': 'take a clock; new Date(ms) with its time is fine',
  'Date()': 'take a clock; new Date(ms) with its time is fine',
  'performance.now': 'take a clock and call its now()',
  'process.hrtime': 'take a clock and call its now()',
  'Math.random': 'take the seeded random number generator',
  randomUUID: 'take ids from whoever calls',
  randomBytes: 'take the seeded random number generator',
  setTimeout: 'take a clock and call its sleep()',
  setInterval: 'take a clock and call its sleep()',
  setImmediate: 'take a clock and call its sleep()',
  console: 'return the lines, or write a journal event',
  'process.env': 'take the setting as a parameter',
  'process.exit': 'return an exit code, or throw a ProblemError',
  'process.exitCode': 'return an exit code, or throw a ProblemError',
  'process.stdout': 'return the lines, or take a stream',
  'process.stderr': 'return the lines, or take a stream',
};
const TIME_MODULES = ['node:timers', 'node:timers/promises', 'timers', 'timers/promises'];

/** Clock, chance, ids, timers, console and process in files that have to be given them; the doors are in territory.ts. */
export function bannedCalls(file: SourceFile): Problem[] {
  const held = purity(file.path);
  if (held === 'free') return [];
  const found = [
    ...file.nodes.map((node) => ({ name: bannedName(node), offset: node.start })),
    ...file.imports
      .filter(({ name }) => TIME_MODULES.includes(name))
      .map(({ offset }) => ({ name: 'setTimeout', offset })),
  ];
  return found.flatMap(({ name, offset }) => {
    if (name === undefined) return [];
    if (held === 'timeless-test' && !WAITS.includes(name)) return [];
    return [problem(file, name, offset, held === 'timeless-test')];
  });
}

function problem(file: SourceFile, name: string, offset: number, inTest: boolean): Problem {
  return {
    code: 'banned-call',
    place: file.place(offset),
    what: `${name} is not for ${inTest ? 'tests that have a virtual clock' : 'this file'}`,
    why: inTest
      ? 'a test that waits is slow on a good day and fails on a bad one'
      : 'the same input has to give the same result',
    next: INSTEAD[name] ?? 'take it as a parameter',
  };
}

function bannedName(node: SyntaxNode): string | undefined {
  const callee = identifier(node['callee']);
  switch (node.type) {
    case 'NewExpression':
      return callee === 'Date' && isEmpty(node['arguments']) ? 'new Date()' : undefined;
    case 'CallExpression':
      return callee === 'Date' ? 'Date()' : oneOf(callee, [...TIMERS, 'randomUUID', 'randomBytes']);
    case 'MemberExpression':
      return bannedMember(identifier(node['object']), memberName(node));
    default:
      return undefined;
  }
}

/** `a.b` and `a['b']` are the same; what stands in brackets and is no plain string is known only to the run. */
function memberName(node: SyntaxNode): string | undefined {
  const property = node['property'];
  if (node['computed'] !== true) return identifier(property);
  return isNode(property) && typeof property['value'] === 'string' ? property['value'] : undefined;
}

function bannedMember(object: string | undefined, name: string | undefined): string | undefined {
  if (object === 'console') return 'console';
  if (object === 'globalThis') return oneOf(name, TIMERS);
  return oneOf(`${object}.${name}`, Object.keys(INSTEAD)) ?? oneOf(name, ['randomUUID', 'randomBytes']);
}

function oneOf(name: string | undefined, names: readonly string[]): string | undefined {
  return name !== undefined && names.includes(name) ? name : undefined;
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}
