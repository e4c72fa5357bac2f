import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ProblemError } from '@roundtrip/problem';
import type { Layer } from './environment.ts';
import type { LayerDefinition } from './layer.ts';

const roots: string[] = [];

/** For tests: a project's root in a temporary folder, with these files in it. */
export function temporaryProject(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'roundtrip-environment-'));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** For tests: takes away what `temporaryProject` made. */
export function removeTemporaryProjects(): void {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
}

/** For tests: a layer without a workspace. Its definition may have any schema, as those of real layers do. */
export function layerOf(definition: unknown, dependsOn: readonly string[] = []): Layer {
  const { name } = definition as LayerDefinition;
  return {
    name,
    folder: `packages/${name}`,
    packageName: `@roundtrip/${name}`,
    dependsOn,
    definition: definition as LayerDefinition,
    hooks: [],
  };
}

/** For tests: the whole text of the problems that a function ends with, or undefined where it ends well. */
export function complaint(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.message;
    throw error;
  }
}
