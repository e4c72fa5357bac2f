import { scaleUtc } from 'd3-scale';
import { formatClock, formatDuration } from './format.ts';
import { escapeMarkup, pixels } from './markup.ts';
import type { RunView } from './run-view.ts';
import type { Segment, TimelineLayout, TimelineRow } from './timeline-layout.ts';
import { rowTitle } from './timeline-title.ts';

const WIDTH = 1280;
const AXIS_HEIGHT = 26;
const LABEL_WIDTH_MAX = 360;
/** Room after the last bar for its duration. */
const RIGHT = 84;

interface Frame {
  readonly layout: TimelineLayout;
  readonly rowHeight: number;
  readonly fontSize: number;
  readonly left: number;
  readonly x: (ms: number) => number;
  readonly tops: readonly number[];
  readonly height: number;
}

/** The picture as two SVG elements: the time axis, which stays in sight when a long page scrolls, and the bars. */
export function timelineSvg(view: RunView, layout: TimelineLayout): { axis: string; bars: string } {
  const frame = frameOf(layout);
  const parts = [
    `<defs>${STRIPES}${ARROW_HEAD}</defs>`,
    ...layout.rows.map((row, index) => (row.kind === 'layer' ? band(frame, index) : '')),
    ...ticks(layout.wallMs).map((ms) => vertical(frame.x(ms), frame.height, 'rule')),
    ...layout.rows.map((row, index) => drawRow(row, index, frame)),
    ...arrows(frame),
    ...layout.rows.map((row, index) => drawEnd(row, index, frame)),
    interruption(view, frame),
  ];
  const label = escapeMarkup(`Timeline of ${layout.rows.filter((row) => row.kind === 'stack').length} stacks`);
  const open = (height: number) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${pixels(height)}" viewBox="0 0 ${WIDTH} ${pixels(height)}" role="img" aria-label="${label}">`;
  return {
    axis: `${open(AXIS_HEIGHT)}${axisLabels(frame)}</svg>`,
    bars: `${open(frame.height)}\n${parts.filter((part) => part !== '').join('\n')}\n</svg>`,
  };
}

/** Rows get lower as they get more, so that six stacks do not look lost and two hundred fit on a few screens. */
function frameOf(layout: TimelineLayout): Frame {
  const bars = layout.rows.length;
  const rowHeight = bars <= 40 ? 24 : bars <= 90 ? 18 : 13;
  const fontSize = bars <= 40 ? 13 : bars <= 90 ? 11.5 : 10;
  const longest = Math.max(12, ...layout.rows.map((row) => labelOf(row).length));
  const left = Math.min(LABEL_WIDTH_MAX, Math.ceil(longest * fontSize * 0.6) + 28);
  const x = scaleUtc()
    .domain([0, layout.wallMs])
    .range([left, WIDTH - RIGHT]);
  const tops: number[] = [];
  let height = 4;
  for (const row of layout.rows) {
    if (row.kind === 'layer') height += 6;
    tops.push(height);
    height += row.kind === 'layer' ? Math.max(22, rowHeight) : rowHeight;
  }
  return { layout, rowHeight, fontSize, left, x: (ms) => x(ms), tops, height: height + 8 };
}

/** Round moments for the axis, in milliseconds since the start: about eight, in steps that d3 chooses. */
function ticks(wallMs: number): number[] {
  return scaleUtc()
    .domain([0, wallMs])
    .ticks(8)
    .map((tick) => tick.getTime());
}

function axisLabels(frame: Frame): string {
  const all = ticks(frame.layout.wallMs);
  const fine = (all[1] ?? 1000) - (all[0] ?? 0) < 1000;
  const labels = all.map((ms) => {
    const words = fine ? `${ms / 1000} s` : formatClock(ms);
    return `<text class="faint" x="${pixels(frame.x(ms))}" y="17" font-size="12" text-anchor="middle">${words}</text>`;
  });
  return labels.join('') + `<line class="rule" x1="0" x2="${WIDTH}" y1="25.5" y2="25.5"/>`;
}

function band(frame: Frame, index: number): string {
  return `<rect class="band" x="0" y="${pixels(frame.tops[index] ?? 0)}" width="${WIDTH}" height="${Math.max(22, frame.rowHeight)}"/>`;
}

function vertical(x: number, height: number, name: string): string {
  return `<line class="${name}" x1="${pixels(x)}" x2="${pixels(x)}" y1="0" y2="${pixels(height)}"/>`;
}

function labelOf(row: TimelineRow): string {
  if (row.kind === 'layer') return row.layer.name;
  if (row.kind === 'hook') return `${row.hook.hook} hook`;
  return row.kind === 'rest' ? row.text : row.stack.name;
}

function drawRow(row: TimelineRow, index: number, frame: Frame): string {
  const top = frame.tops[index] ?? 0;
  if (row.kind === 'layer') return drawLayer(row, top, frame);
  const middle = top + frame.rowHeight / 2;
  const name = row.kind === 'stack' ? (row.critical ? 'bold' : '') : 'faint';
  const title = `<title>${escapeMarkup(rowTitle(row))}</title>`;
  const label = text(fit(labelOf(row), frame), 20, middle, frame.fontSize, name);
  if (row.kind === 'rest') return `<g>${title}${label}</g>`;
  const bars = row.segments.map((segment) => drawSegment(segment, top, frame)).join('');
  const outline = row.kind === 'stack' && row.critical ? outlineOf(row.segments, top, frame) : '';
  return `<g>${title}${label}${bars}${outline}</g>`;
}

/** How long a bar took, behind its end; drawn after the arrows, so that none runs through a number. */
function drawEnd(row: TimelineRow, index: number, frame: Frame): string {
  if (row.kind !== 'stack' && row.kind !== 'hook') return '';
  const end = Math.max(...row.segments.map((segment) => barEnd(segment, frame)));
  const [words, style] = endText(row);
  return text(words, end + 6, (frame.tops[index] ?? 0) + frame.rowHeight / 2, frame.fontSize - 1, `halo ${style}`);
}

function drawLayer(row: Extract<TimelineRow, { kind: 'layer' }>, top: number, frame: Frame): string {
  const middle = top + Math.max(22, frame.rowHeight) / 2;
  const size = Math.max(12, frame.fontSize);
  const label = text(fit(row.layer.name, frame), 8, middle, size, 'bold');
  if (row.fromMs === undefined || row.toMs === undefined) {
    return (
      label +
      text(row.layer.outcome === 'done' ? 'nothing to do' : 'not reached', frame.left + 6, middle, size - 1, 'faint')
    );
  }
  const from = frame.x(row.fromMs);
  const width = Math.max(2, frame.x(row.toMs) - from);
  const words = `${formatDuration(row.toMs - row.fromMs)}${row.layer.outcome === undefined ? ' …' : ''}`;
  const failed = row.layer.outcome === 'failed' ? 'bad-text' : 'faint';
  const line = `<rect class="span" x="${pixels(from)}" y="${pixels(middle - 2)}" width="${pixels(width)}" height="4" rx="2"/>`;
  return `<g>${label}${line}${text(words, from + width + 6, middle, size - 1, failed)}</g>`;
}

function drawSegment(segment: Segment, top: number, frame: Frame): string {
  const from = frame.x(segment.fromMs);
  const inset = frame.rowHeight > 14 ? 4 : 2;
  const box = `x="${pixels(from)}" y="${pixels(top + inset)}" width="${pixels(barEnd(segment, frame) - from)}" height="${pixels(frame.rowHeight - 2 * inset)}"`;
  // Rollback is striped as well as orange, so that it stands out in print and for every eye.
  const stripes = segment.phase === 'rollback' ? `<rect fill="url(#stripes)" ${box}/>` : '';
  return `<rect class="${segment.phase}" ${box}/>${stripes}`;
}

/** A bar is at least two pixels wide, because what took no time was done all the same. */
function barEnd(segment: Segment, frame: Frame): number {
  return Math.max(frame.x(segment.fromMs) + 2, frame.x(segment.toMs));
}

function outlineOf(segments: readonly Segment[], top: number, frame: Frame): string {
  const from = frame.x(segments[0]?.fromMs ?? 0);
  const end = Math.max(...segments.map((segment) => barEnd(segment, frame)));
  const inset = frame.rowHeight > 14 ? 3 : 1;
  return `<rect class="critical" x="${pixels(from - 1)}" y="${pixels(top + inset)}" width="${pixels(end - from + 2)}" height="${pixels(frame.rowHeight - 2 * inset)}" rx="1"/>`;
}

function endText(row: Extract<TimelineRow, { kind: 'stack' | 'hook' }>): [words: string, style: string] {
  const outcome = row.kind === 'stack' ? row.stack.outcome : row.hook.outcome;
  const time = formatDuration((row.segments.at(-1)?.toMs ?? 0) - (row.segments[0]?.fromMs ?? 0));
  if (outcome === 'failed') return [`✗ ${time}`, 'bad-text'];
  return outcome === undefined ? [`${time} …`, 'faint'] : [time, 'faint'];
}

/** From each bar of the critical path to the next: down or up from its end, then into the start of the next. */
function arrows(frame: Frame): string[] {
  const places = new Map<string, { top: number; from: number; end: number }>();
  for (const [index, row] of frame.layout.rows.entries()) {
    if (row.kind !== 'stack' || !row.critical) continue;
    const end = Math.max(...row.segments.map((segment) => barEnd(segment, frame)));
    places.set(row.stack.name, { top: frame.tops[index] ?? 0, from: frame.x(row.segments[0]?.fromMs ?? 0), end });
  }
  return frame.layout.critical.stacks.slice(1).flatMap((name, index) => {
    const before = places.get(frame.layout.critical.stacks[index] ?? '');
    const after = places.get(name);
    if (before === undefined || after === undefined) return [];
    const x = Math.min(before.end, after.from) - 9;
    const down = after.top > before.top;
    const y = before.top + (down ? frame.rowHeight - 2 : 2);
    const middle = after.top + frame.rowHeight / 2;
    return [
      `<path class="arrow" marker-end="url(#head)" d="M${pixels(x)} ${pixels(y)}V${pixels(middle)}H${pixels(after.from - 3)}"/>`,
    ];
  });
}

function interruption(view: RunView, frame: Frame): string {
  if (view.interrupted === undefined) return '';
  const x = frame.x(view.interrupted.at - (view.startedAt ?? 0));
  return `<g><title>interrupted by ${escapeMarkup(view.interrupted.signal)}</title>${vertical(x, frame.height, 'interrupted')}</g>`;
}

function text(words: string, x: number, middle: number, size: number, name: string): string {
  const style = name === '' ? '' : ` class="${name}"`;
  return `<text${style} x="${pixels(x)}" y="${pixels(middle + size * 0.36)}" font-size="${pixels(size)}">${escapeMarkup(words)}</text>`;
}

/** A name cut to the room before the bars; its title has the whole. */
function fit(name: string, frame: Frame): string {
  const letters = Math.floor((frame.left - 28) / (frame.fontSize * 0.58));
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`;
}

const STRIPES =
  '<pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="stripe" x1="0" x2="0" y1="0" y2="6"/></pattern>';
const ARROW_HEAD =
  '<marker id="head" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="5" markerHeight="5" orient="auto"><path class="head" d="M0 0L6 3L0 6z"/></marker>';
