import { SWEEPING_LAYER, teardownEdges } from '@roundtrip/environment';
import type { LayerPackage } from '@roundtrip/environment';
import { ProblemError } from '@roundtrip/problem';
import type { Place } from '@roundtrip/problem';
import { applyEdits, findNodeAtLocation, getNodeValue, modify, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';

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
const TEARDOWN_TASKS = ['destroy-stage', 'down'];

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };

/**
 * Every change that brings the turbo.json files, and the dependencies of the `destroy` layer, in step with the layer
 * graph; empty when all is in step. What is not about edges, comments included, stays as it is.
 *
 * In: the layers as `readLayerPackages` gives them. Errors: ProblemError for a file that is no JSON.
 */
export function teardownChanges(layers: readonly LayerPackage[], read: ReadText): TeardownChange[] {
  const sweep = sweepChange(layers, read);
  const edges = teardownEdges(layers);
  const packageNames = new Map(layers.map(({ name, packageName }) => [name, packageName]));
  const changes = layers.map((layer) => {
    const dependents = (edges[layer.name] ?? []).map((name) => packageNames.get(name) ?? name);
    return turboJsonChange(layer, dependents, read);
  });
  return [sweep, ...changes].filter((change) => change !== undefined);
}

/** A layer that `destroy` does not depend on would be taken down beside the sweep instead of before it. */
function sweepChange(layers: readonly LayerPackage[], read: ReadText): TeardownChange | undefined {
  const sweep = layers.find(({ name }) => name === SWEEPING_LAYER);
  if (!sweep) return undefined;
  const missing = layers.filter(({ name }) => name !== SWEEPING_LAYER && !sweep.dependsOn.includes(name));
  if (missing.length === 0) return undefined;
  const file = `${sweep.folder}/package.json`;
  const text = read(file) ?? '{}';
  const node = findNodeAtLocation(parse(text, file), ['dependencies']);
  const present = node ? (getNodeValue(node) as Record<string, string>) : {};
  const names = missing.map(({ packageName }) => packageName);
  const all = Object.entries({ ...present, ...Object.fromEntries(names.map((name) => [name, '*'])) });
  const dependencies = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    file,
    what: `${SWEEPING_LAYER} has to depend on every layer, and lacks ${names.join(', ')}`,
    place: placeOf(file, text, node),
    text: edit(text, ['dependencies'], dependencies),
  };
}

function turboJsonChange(layer: LayerPackage, dependents: string[], read: ReadText): TeardownChange | undefined {
  const file = `${layer.folder}/turbo.json`;
  const before = read(file);
  let text = before ?? '{}\n';
  const wrong: { what: string; node: Node | undefined }[] = [];
  const tree = parse(text, file);
  const want = (path: string[], value: readonly string[], what: string) => {
    const node = findNodeAtLocation(tree, path);
    if (node && JSON.stringify(getNodeValue(node)) === JSON.stringify(value)) return;
    wrong.push({ what, node });
    text = edit(text, path, value);
  };
  want(['extends'], ['//'], '"extends" has to be ["//"]');
  for (const task of TEARDOWN_TASKS) {
    const edges = layer.name === SWEEPING_LAYER ? [`^${task}`] : dependents.map((dependent) => `${dependent}#${task}`);
    const what = `${task} has to wait for ${edges.join(', ') || 'no other layer'}`;
    want(['tasks', task, 'dependsOn'], ['$TURBO_EXTENDS$', ...edges], what);
  }
  const first = wrong[0];
  if (!first) return undefined;
  if (before === undefined) return { file, what: 'this file is missing', place: { file }, text };
  const place = placeOf(file, before, wrong.find(({ node }) => node)?.node);
  return { file, what: wrong.map(({ what }) => what).join('; '), place, text };
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
    next: `correct ${file}, then type: make sync`,
  });
}

function placeOf(file: string, text: string, node: Node | undefined): Place {
  return node ? offsetPlace(file, text, node.offset) : { file };
}

function offsetPlace(file: string, text: string, offset: number): Place {
  const lines = text.slice(0, offset).split('\n');
  return { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
