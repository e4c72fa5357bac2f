import type { JournalEvent } from '@roundtrip/engine';
import { failureDetails, failureTitle } from './failure-lines.ts';
import { formatCount } from './format.ts';
import { disarm, githubCommand } from './github.ts';
import type { RunView } from './run-view.ts';
import { clean } from './text.ts';

type EventOf<Type extends JournalEvent['type']> = Extract<JournalEvent, { type: Type }>;

/**
 * GitHub's groups cannot nest and cannot interleave, so a layer is a group only where no other layer can run beside
 * it; elsewhere the output of each hook is a group, written whole when the hook has ended.
 */
export function withCommands(event: JournalEvent, view: RunView, body: string[]): string[] {
  switch (event.type) {
    case 'layer-started':
      return runsAlone(event.layer, view) ? [githubCommand('group', event.layer), ...body] : body;
    case 'layer-finished':
      return insideGroup(event.layer, view) ? [githubCommand('endgroup', ''), ...body] : body;
    case 'hook-finished':
      return [...(insideGroup(event.layer, view) ? [] : hookGroup(event, view)), ...body, ...hookError(event)];
    case 'failure':
      return [...body, failureCommand(event, view)];
    default:
      return body;
  }
}

function hookGroup(event: EventOf<'hook-finished'>, view: RunView): string[] {
  const hook = view.hooks.findLast((one) => one.layer === event.layer && one.hook === event.hook);
  if (hook === undefined || hook.lines.length === 0) return [];
  const dropped = hook.linesDropped === 0 ? [] : [`… ${formatCount(hook.linesDropped, 'earlier line')} left out`];
  const title = `${event.layer} ${event.hook}, ${formatCount(hook.lines.length + hook.linesDropped, 'line')}`;
  return [githubCommand('group', title), ...dropped, ...hook.lines.map(disarm), githubCommand('endgroup', '')];
}

function hookError(event: EventOf<'hook-finished'>): string[] {
  if (event.outcome === 'done') return [];
  const file = `packages/${event.layer}/hooks/${event.hook}.ts`;
  return [
    githubCommand('error', clean(event.detail ?? 'the hook failed'), {
      file,
      title: `${event.layer} ${event.hook} failed`,
    }),
  ];
}

function failureCommand(event: EventOf<'failure'>, view: RunView): string {
  const layer = view.stacks.get(event.stack)?.layer;
  const text = failureDetails(event).map((detail) => `${detail.label}: ${detail.text}`);
  const file: Record<string, string> = layer === undefined ? {} : { file: `packages/${layer}/layer.ts` };
  return githubCommand('error', text.join('\n'), { ...file, title: failureTitle(event) });
}

/** Whether what a layer prints stands in a group of its own. */
export function insideGroup(layer: string, view: RunView): boolean {
  return view.layers.get(layer)?.startedAt !== undefined && runsAlone(layer, view);
}

/** Whether every other layer comes before or after this one, as far as the graph of the run knows. */
function runsAlone(name: string, view: RunView): boolean {
  if (!view.layers.has(name) || view.layers.size < 2) return view.layers.has(name);
  return [...view.layers.keys()].every(
    (other) => other === name || reaches(name, other, view) || reaches(other, name, view),
  );
}

function reaches(from: string, to: string, view: RunView): boolean {
  const left = [from];
  const seen = new Set(left);
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (name === to) return true;
    for (const next of view.layers.get(name)?.dependsOn ?? []) {
      if (!seen.has(next)) left.push(next);
      seen.add(next);
    }
  }
  return false;
}
