/**
 * The first cycle of a graph, as the names along it, each once; undefined where there is none. Names that are only
 * pointed to count as nodes without edges.
 */
export function findCycle(graph: ReadonlyMap<string, Iterable<string>>): string[] | undefined {
  const done = new Set<string>();
  for (const start of graph.keys()) {
    const cycle = walk(start, graph, done);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** Depth first with an own stack, so that a chain of thousands is no danger. */
function walk(start: string, graph: ReadonlyMap<string, Iterable<string>>, done: Set<string>): string[] | undefined {
  const trail: string[] = [];
  const onTrail = new Set<string>();
  const pending: Iterator<string>[] = [];
  const enter = (name: string) => {
    trail.push(name);
    onTrail.add(name);
    pending.push((graph.get(name) ?? [])[Symbol.iterator]());
  };
  if (!done.has(start)) enter(start);
  for (let edges = pending.at(-1); edges !== undefined; edges = pending.at(-1)) {
    const next = edges.next();
    if (next.done === true) {
      pending.pop();
      const left = trail.pop() ?? '';
      onTrail.delete(left);
      done.add(left);
    } else if (onTrail.has(next.value)) {
      return trail.slice(trail.indexOf(next.value));
    } else if (!done.has(next.value)) {
      enter(next.value);
    }
  }
  return undefined;
}
