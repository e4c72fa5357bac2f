import type { GraphNode } from '@roundtrip/environment';

/**
 * The layer graph as Mermaid text; GitHub and GitLab draw it. An arrow points from a layer to what is built upon it.
 * Arrows that follow from longer ways are left out, as a reader would leave them out of a sketch.
 */
export function mermaid(layers: readonly GraphNode[]): string {
  const nodes = layers.map(({ name }) => `  ${id(name)}["${name}"]`);
  const arrows = layers.flatMap(({ name, dependsOn }) =>
    dependsOn
      .filter((dependency) => !impliedByAnother(dependency, dependsOn, layers))
      .map((dependency) => `  ${id(dependency)} --> ${id(name)}`),
  );
  return ['flowchart TD', ...nodes, ...arrows, ''].join('\n');
}

function impliedByAnother(dependency: string, dependsOn: readonly string[], layers: readonly GraphNode[]): boolean {
  return dependsOn.some((other) => other !== dependency && reaches(other, dependency, layers, new Set()));
}

/** True where `from` is built upon `to`, directly or not. `seen` ends the walk in a graph with a ring. */
function reaches(from: string, to: string, layers: readonly GraphNode[], seen: Set<string>): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const below = layers.find(({ name }) => name === from)?.dependsOn ?? [];
  return below.includes(to) || below.some((next) => reaches(next, to, layers, seen));
}

/** Mermaid reads `end` and hyphens in ids as its own; labels keep the real name. */
function id(name: string): string {
  return `layer_${name.replaceAll('-', '_')}`;
}
