import { applyEdits, modify, parseTree, getNodeValue, findNodeAtLocation, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { ProblemError } from '@roundtrip/problem';
import type { Place } from '@roundtrip/problem';
import { LAST_LAYER, SCOPE, compare, layerGraph, teardownEdges } from './layer-graph.ts';
import type { LayerNode, Manifest } from './layer-graph.ts';

/** A file that does not say what the layer graph says, and the text that would. */
export interface TeardownChange {
  /** Relative to the project's root. */
  readonly file: string;
  /** What is wrong with it, as a sentence for a person. */
  readonly what: string;
  readonly place: Place;
  readonly text: string;
}

/** Reads a file by its path relative to the project's root; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

/** Tasks that take something away; they run against the direction of the dependencies. */
export const TEARDOWN_TASKS = ['destroy-stage', 'down'] as const;

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n', insertFinalNewline: true } };

/**
 * Every change that brings the turbo.json files (and the dependencies of the `destroy` layer) in step with the layer
 * graph; empty when all is in step. Text that is not about edges, comments included, stays as it is.
 *
 * In: the names of the folders in packages/, and a reader. Errors: ProblemError for a file that is no JSON.
 */
export function teardownChanges(folders: readonly string[], read: ReadText): TeardownChange[] {
  const { layers, changes } = withSweepLast(readManifests(folders, read), read);
  const edges = teardownEdges(layers);
  for (const layer of layers) {
    const change = turboJsonChange(layer, edges[layer.name] ?? [], read);
    if (change) changes.push(change);
  }
  return changes;
}

/** The manifests of the folders that have one, by folder name. */
export function readManifests(folders: readonly string[], read: ReadText): Map<string, Manifest> {
  const manifests = new Map<string, Manifest>();
  for (const folder of [...folders].sort(compare)) {
    const file = `packages/${folder}/package.json`;
    const text = read(file);
    if (text !== undefined) manifests.set(folder, getNodeValue(parse(text, file)) as Manifest);
  }
  return manifests;
}

/** What `dependsOn` of a teardown task has to be: `destroy` waits for its dependencies, the others for their dependents. */
export function teardownDependsOn(layer: string, dependents: readonly string[], task: string): string[] {
  const edges = layer === LAST_LAYER ? [`^${task}`] : dependents.map((dependent) => `${SCOPE}${dependent}#${task}`);
  return ['$TURBO_EXTENDS$', ...edges];
}

/** A layer that `destroy` does not depend on would be taken down beside the sweep instead of before it. */
function withSweepLast(manifests: Map<string, Manifest>, read: ReadText) {
  const changes: TeardownChange[] = [];
  const last = manifests.get(LAST_LAYER);
  const missing = [...manifests.keys()].filter((name) => name !== LAST_LAYER && !last?.dependencies?.[SCOPE + name]);
  if (last && missing.length > 0) {
    const file = `packages/${LAST_LAYER}/package.json`;
    const dependencies = { ...last.dependencies, ...Object.fromEntries(missing.map((name) => [SCOPE + name, '*'])) };
    const sorted = Object.fromEntries(Object.entries(dependencies).sort(([a], [b]) => compare(a, b)));
    const text = read(file) ?? '';
    const what = `${LAST_LAYER} has to depend on every layer, and lacks ${missing.map((name) => SCOPE + name).join(', ')}`;
    const place = placeOf(file, text, findNodeAtLocation(parse(text, file), ['dependencies']));
    changes.push({ file, what, place, text: edit(text, ['dependencies'], sorted) });
    manifests.set(LAST_LAYER, { ...last, dependencies: sorted });
  }
  return { layers: layerGraph(manifests), changes };
}

function turboJsonChange(layer: LayerNode, dependents: readonly string[], read: ReadText): TeardownChange | undefined {
  const file = `packages/${layer.name}/turbo.json`;
  const before = read(file);
  let text = before ?? '{}\n';
  const wrong: { what: string; node: Node | undefined }[] = [];
  const want = (path: string[], value: readonly string[], what: string) => {
    const node = findNodeAtLocation(parse(text, file), path);
    if (node && JSON.stringify(getNodeValue(node)) === JSON.stringify(value)) return;
    wrong.push({ what, node });
    text = edit(text, path, value);
  };
  want(['extends'], ['//'], '"extends" has to be ["//"]');
  for (const task of TEARDOWN_TASKS) {
    const value = teardownDependsOn(layer.name, dependents, task);
    want(['tasks', task, 'dependsOn'], value, `${task} has to wait for ${waitsFor(layer.name, dependents)}`);
  }
  const first = wrong[0];
  if (!first) return undefined;
  if (before === undefined) return { file, what: 'the file is missing', place: { file }, text };
  return { file, what: wrong.map(({ what }) => what).join('; '), place: placeOf(file, before, first.node), text };
}

function waitsFor(layer: string, dependents: readonly string[]): string {
  if (layer === LAST_LAYER) return 'all layers';
  return dependents.length === 0 ? 'no layer' : dependents.join(', ');
}

function edit(text: string, path: string[], value: unknown): string {
  return applyEdits(text, modify(text, path, value, FORMAT));
}

function parse(text: string, file: string): Node {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: false });
  const error = errors[0];
  if (tree && !error) return tree;
  throw new ProblemError({
    code: 'json-syntax',
    place: offsetPlace(file, text, error?.offset ?? 0),
    what: `this is no JSON: ${error ? printParseErrorCode(error.error) : 'the file is empty'}`,
    next: 'mend the file by hand, then type: make sync',
  });
}

function placeOf(file: string, text: string, node: Node | undefined): Place {
  return node ? offsetPlace(file, text, node.offset) : { file };
}

function offsetPlace(file: string, text: string, offset: number): Place {
  const lines = text.slice(0, offset).split('\n');
  return { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
