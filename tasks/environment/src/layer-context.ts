import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ProblemError } from '@roundtrip/problem';
import type { EnvironmentFacts, LayerContext } from './layer.ts';
import type { Layer } from './environment.ts';
import { nearest } from './nearest.ts';
import type { YamlSource } from './yaml-source.ts';

interface ContextParts {
  readonly root: string;
  readonly layer: Layer;
  readonly config: unknown;
  readonly facts: EnvironmentFacts;
  readonly source: YamlSource;
}

/** What a layer's `check` and `stacks` are given: its section, the environment, and its own folder to read in. */
export function layerContext({ root, layer, config, facts, source }: ContextParts): LayerContext<unknown> {
  const inside = (path: string) => join(root, layer.folder, path);
  const listFiles = (folder: string): string[] => {
    if (!existsSync(inside(folder))) return [];
    const entries = readdirSync(inside(folder), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
  };
  return {
    config,
    environment: facts,
    readFile(path) {
      if (!existsSync(inside(path))) throw missingFile(layer, path, listFiles(dirname(path)));
      return readFileSync(inside(path), 'utf8');
    },
    listFiles,
    placeOf: (path) => source.placeOf([layer.name, ...path]),
    pathOf: (file) => `${layer.folder}/${file}`,
  };
}

function missingFile(layer: Layer, path: string, names: readonly string[]): ProblemError {
  const near = nearest(
    path,
    names.map((name) => join(dirname(path), name)),
  );
  return new ProblemError({
    code: 'missing-file',
    place: { file: `${layer.folder}/${path}` },
    what: 'this file does not exist',
    why: `layer "${layer.name}" reads it`,
    next: near
      ? `did you mean "${near}"? correct ${layer.folder}/layer.ts`
      : `write it, or correct ${layer.folder}/layer.ts`,
  });
}
