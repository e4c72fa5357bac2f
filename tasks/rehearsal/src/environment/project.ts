import { allDesiredStacks, discoverLayers, readEnvironment } from '@roundtrip/environment';
import type { DesiredStack, Environment, Layer } from '@roundtrip/environment';

/** An environment with its layers and their stacks, as a run of `make` reads them. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly layers: readonly Layer[];
  readonly environment: Environment;
  /** By layer. */
  readonly desired: ReadonlyMap<string, readonly DesiredStack[]>;
}

/** @throws ProblemError with every problem of the files at once */
export async function readProject(root: string, name: string): Promise<Project> {
  const layers = await discoverLayers(root);
  const environment = readEnvironment({ root, name, layers });
  return { root, layers, environment, desired: allDesiredStacks(environment) };
}
