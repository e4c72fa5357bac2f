import { ProblemError } from '@roundtrip/problem';

/** What nx's page is drawn from; keys that are not named here are passed on as they are. */
interface GraphData {
  projects: { name: string }[];
  dependencies: Record<string, { target: string }[]>;
  fileMap: Record<string, unknown>;
  affected: string[];
}

const GRAPH_DATA = /(window\.projectGraphResponse = )(\{.*\})(;)/;

/**
 * The data script of nx's page, cut down to the given projects. nx accepts `--exclude` and `--focus` for its server
 * but writes every project of the repository into a file, where the tool's own workspaces hide the layers.
 */
export function onlyLayers(script: string, keep: ReadonlySet<string>): string {
  const found = GRAPH_DATA.exec(script);
  if (!found?.[2]) {
    throw new ProblemError({
      code: 'graph-format',
      what: 'the page that nx drew has no graph data where nx 23 puts it',
      why: 'another version of nx writes another page',
      next: 'pin nx in package.json to the version in package-lock.json, then type: npm install',
    });
  }
  const data = JSON.parse(found[2]) as GraphData;
  const kept = {
    ...data,
    projects: data.projects.filter(({ name }) => keep.has(name)),
    dependencies: mapKept(data.dependencies, keep, (edges) => edges.filter(({ target }) => keep.has(target))),
    fileMap: mapKept(data.fileMap, keep, (files) => files),
    affected: data.affected.filter((name) => keep.has(name)),
  };
  // A function, since `$&` and its kin inside the JSON would mean something in a replacement string.
  return script.replace(GRAPH_DATA, (_, start: string, __, end: string) => start + JSON.stringify(kept) + end);
}

function mapKept<V>(record: Record<string, V>, keep: ReadonlySet<string>, change: (value: V) => V): Record<string, V> {
  const entries = Object.entries(record).filter(([name]) => keep.has(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value)]));
}
