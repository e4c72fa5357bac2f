import { isDeepStrictEqual } from 'node:util';
import { ServiceError } from '../../world.ts';

interface Step {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

type Node = Record<string, unknown> | unknown[];

/**
 * Applies a JSON Patch to a copy. https://www.rfc-editor.org/rfc/rfc6902
 *
 * @throws ServiceError ValidationException where the text is no patch or does not fit
 */
export function applyPatch(model: Readonly<Record<string, unknown>>, text: string): Record<string, unknown> {
  const root = { model: structuredClone(model) as Record<string, unknown> };
  for (const step of stepsIn(text)) {
    const value = step.op === 'copy' || step.op === 'move' ? valueAt(root, step.from ?? '') : step.value;
    if (step.op === 'move') remove(root, step.from ?? '');
    if (['add', 'copy', 'move'].includes(step.op)) add(root, step.path, structuredClone(value));
    else if (step.op === 'replace') {
      remove(root, step.path);
      add(root, step.path, structuredClone(value));
    } else if (step.op === 'remove') remove(root, step.path);
    else if (step.op !== 'test') throw invalid(`operation ${step.op} is unknown`);
    else if (!isDeepStrictEqual(valueAt(root, step.path), value)) throw invalid(`the test of ${step.path} failed`);
  }
  return root.model;
}

function stepsIn(text: string): Step[] {
  try {
    const steps: unknown = JSON.parse(text);
    const isStep = (step: unknown): boolean =>
      typeof step === 'object' && step !== null && 'op' in step && typeof (step as Step).path === 'string';
    if (Array.isArray(steps) && steps.every(isStep)) return steps as Step[];
  } catch {
    // Said below.
  }
  throw invalid('it is not a JSON Patch document');
}

function add(root: Node, path: string, value: unknown): void {
  const { parent, key } = placeOf(root, path);
  if (!Array.isArray(parent)) parent[key] = value;
  else if (key === '-') parent.push(value);
  else parent.splice(indexOf(parent, key, path, parent.length), 0, value);
}

function remove(root: Node, path: string): void {
  const { parent, key } = placeOf(root, path);
  if (Array.isArray(parent)) parent.splice(indexOf(parent, key, path, parent.length - 1), 1);
  else if (Object.hasOwn(parent, key)) delete parent[key];
  else throw invalid(`there is nothing at ${path}`);
}

function valueAt(root: Node, path: string): unknown {
  const { parent, key } = placeOf(root, path);
  if (Array.isArray(parent)) return parent[indexOf(parent, key, path, parent.length - 1)];
  if (Object.hasOwn(parent, key)) return parent[key];
  throw invalid(`there is nothing at ${path}`);
}

function placeOf(root: Node, path: string): { parent: Node; key: string } {
  const keys = path.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  // The empty path is the whole document, which stands under a name of its own here.
  const [key = '', ...above] = ['model', ...keys.slice(1)].toReversed();
  let parent: unknown = root;
  for (const each of above.toReversed()) {
    parent = Array.isArray(parent) ? parent[Number(each)] : (parent as Record<string, unknown>)[each];
    if (typeof parent !== 'object' || parent === null) throw invalid(`there is nothing at ${path}`);
  }
  return { parent: parent as Node, key };
}

function indexOf(list: readonly unknown[], key: string, path: string, max: number): number {
  if (/^(?:0|[1-9]\d*)$/.test(key) && Number(key) <= max) return Number(key);
  throw invalid(`there is no place ${path} in a list of ${list.length}`);
}

function invalid(why: string): ServiceError {
  return new ServiceError('ValidationException', `Invalid patch document: ${why}`);
}
