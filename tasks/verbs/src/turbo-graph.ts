import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Layer } from '@roundtrip/environment';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import type { Command } from './command.ts';
import { layersBefore, type GraphLayer } from './layers-before.ts';
import { TURBO_QUIET, turboBinary } from './turbo-binary.ts';

const run = promisify(execFile);

/** One task as `turbo run --dry=json` shows it. */
export interface DryTask {
  readonly task: string;
  readonly package: string;
  /** The script, or `<NONEXISTENT>`: turbo passes over a package that lacks it. */
  readonly command?: string;
  readonly dependencies: readonly string[];
  readonly resolvedTaskDefinition?: { readonly cache?: boolean };
}

/**
 * Turbo's own graph for this task must be the layer graph, its arrows reversed for down: a missing edge would let the
 * network go first, and a cacheable destroy destroys nothing.
 * @throws ProblemError, exit code 3, that names every edge that differs.
 */
export async function guardTurboGraph(
  command: Command,
  open: { readonly root: string; readonly layers: readonly Layer[] },
): Promise<void> {
  const tasks = await dryRun(open.root, command, open.layers);
  const problems = graphProblems(tasks, command, open.layers);
  if (problems.length > 0) throw new ProblemError(problems, EXIT.refused);
}

/** The differences between turbo's tasks and the layer graph; pure. */
export function graphProblems(tasks: readonly DryTask[], command: Command, layers: readonly GraphLayer[]): Problem[] {
  const packageOf = new Map(layers.map((layer) => [layer.name, layer.packageName]));
  const edges = layersBefore(command.direction, layers);
  return layers.flatMap((layer): Problem[] => {
    const task = tasks.find((one) => one.package === layer.packageName && one.task === command.task);
    const file = `${layer.folder}/package.json`;
    if (task === undefined || task.command === '<NONEXISTENT>') {
      const what = `turbo knows no task ${command.task} in ${layer.packageName}`;
      return [{ code: 'no-task', place: { file }, what, next: `add the script "${command.task}" to ${file}` }];
    }
    const wanted = (edges[layer.name] ?? []).map((name) => `${packageOf.get(name)}#${command.task}`);
    const ofLayers = [...packageOf.values()].map((name) => `${name}#${command.task}`);
    const found = task.dependencies.filter((one) => ofLayers.includes(one));
    return [
      ...wanted.filter((one) => !found.includes(one)).map((one) => edgeProblem('missing', layer, command, one)),
      ...found.filter((one) => !wanted.includes(one)).map((one) => edgeProblem('superfluous', layer, command, one)),
      ...(task.resolvedTaskDefinition?.cache === true ? [cacheProblem(layer, command)] : []),
    ];
  });
}

function edgeProblem(kind: 'missing' | 'superfluous', layer: GraphLayer, command: Command, other: string): Problem {
  const own = `${layer.packageName}#${command.task}`;
  const down = command.direction === 'down';
  return {
    code: `${kind}-edge`,
    place: { file: down ? `${layer.folder}/turbo.json` : 'turbo.json' },
    what: `Refused: turbo's graph ${kind === 'missing' ? 'lacks' : 'has'} the edge ${own} -> ${other}${kind === 'missing' ? '' : ', the layer graph has not'}`,
    why: down
      ? 'the layers would be taken away in another order than the reverse of the one they were built in'
      : 'the layers would be built in another order than their package.json files say',
    next: down ? 'type: make sync' : `give "${command.task}" in turbo.json "dependsOn": ["^${command.task}"]`,
  };
}

function cacheProblem(layer: GraphLayer, command: Command): Problem {
  return {
    code: 'cached-task',
    place: { file: `${layer.folder}/turbo.json` },
    what: `Refused: turbo would cache ${layer.packageName}#${command.task}`,
    why: 'a cached task does nothing the second time and reports success',
    next: `write "cache": false for "${command.task}" in turbo.json, and no other value in ${layer.folder}/turbo.json`,
  };
}

async function dryRun(root: string, command: Command, layers: readonly Layer[]): Promise<readonly DryTask[]> {
  const args = ['run', command.task, '--dry=json', ...layers.map((layer) => `--filter=${layer.packageName}`)];
  try {
    const { stdout } = await run(turboBinary(), args, {
      cwd: root,
      env: { ...process.env, ...TURBO_QUIET },
      maxBuffer: 64 * 1024 * 1024,
    });
    return (JSON.parse(stdout) as { tasks: DryTask[] }).tasks;
  } catch (cause) {
    const what = `turbo cannot read its graph: ${complaint((cause as { stderr?: unknown }).stderr ?? cause)}`;
    const next = 'correct turbo.json, or type: make sync';
    throw new ProblemError({ code: 'turbo-graph', what, next }, EXIT.refused, { cause });
  }
}

/** What turbo printed, without the paragraphs that are only warnings. */
function complaint(printed: unknown): string {
  const paragraphs = String(printed)
    .trim()
    .split(/\n\s*\n/);
  return paragraphs
    .filter((text) => !text.trimStart().startsWith('WARNING'))
    .join('\n')
    .trim();
}
