import { formatDuration, formatOffset } from './format.ts';
import type { StackView } from './run-view.ts';
import type { TimelineRow } from './timeline-layout.ts';

/** What a row of the timeline says when the pointer rests on it. */
export function rowTitle(row: TimelineRow): string {
  if (row.kind === 'layer') return row.layer.name;
  if (row.kind === 'rest') return `${row.text}: ${row.names.join(', ')}`;
  const span = `${formatOffset(row.segments[0]?.fromMs ?? 0)} to ${formatOffset(row.segments.at(-1)?.toMs ?? 0)}`;
  if (row.kind === 'hook') {
    return [`${row.hook.layer} ${row.hook.hook}: ${row.hook.outcome ?? 'unfinished'}`, span, row.hook.detail ?? '']
      .filter((line) => line !== '')
      .join('\n');
  }
  return [...stackTitle(row.stack), span, row.critical ? 'on the critical path' : '']
    .filter((line) => line !== '')
    .join('\n');
}

function stackTitle(stack: StackView): string[] {
  return [
    `${stack.name}: ${stack.outcome ?? 'unfinished'}`,
    `${stack.kind}, ${stack.reason}`,
    stack.expectedMs === undefined ? '' : `expected ${formatDuration(stack.expectedMs)}`,
    stack.statuses.map(({ status }) => status).join(' → '),
  ];
}
