import type { JournalEvent } from '@roundtrip/engine';
import { failureDetails, failureTitle } from './failure-lines.ts';
import { formatDuration, formatNumber } from './format.ts';
import { escapeMarkup } from './markup.ts';
import { outcomeCounts } from './outcome-counts.ts';
import { reduceAll } from './reduce.ts';
import { runTitle, type RunView } from './run-view.ts';
import { resultText, totalCalls } from './summary.ts';
import { timelineLayout, type TimelineLayout } from './timeline-layout.ts';
import { PHASE_WORDS, TIMELINE_STYLE } from './timeline-style.ts';
import { timelineSvg } from './timeline-svg.ts';

/** The page of a run from its journal: one file that needs no other and runs no script. */
export function timelinePage(events: Iterable<JournalEvent>): string {
  const view = reduceAll(events);
  const layout = timelineLayout(view);
  const svg = timelineSvg(view, layout);
  const name = view.head === undefined ? 'run' : runTitle(view.head);
  const { text, style } = resultText(view);
  const result = style === 'green' ? escapeMarkup(text) : `<span class="bad">${escapeMarkup(text)}</span>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(`${name}: ${text}`)}</title>
<style>
${TIMELINE_STYLE}
</style>
</head>
<body>
<h1>${escapeMarkup(name)} ${result}</h1>
${facts(view, layout)}
${failures(view)}
${legend(view, layout)}
<div class="chart">
<div class="axis">${svg.axis}</div>
${svg.bars}
</div>
</body>
</html>
`;
}

function facts(view: RunView, layout: TimelineLayout): string {
  const { head, result } = view;
  const counts = outcomeCounts(view.stacks.values()).map(({ text }) => text);
  const share = Math.round((layout.critical.ms / layout.wallMs) * 100);
  const list: [string, string][] = [];
  if (head !== undefined) {
    list.push(['environment', head.environment], ['account', head.account]);
    list.push(['region', `${head.region}${head.cloud === 'local' ? ' (local cloud)' : ''}`], ['run', head.run]);
  }
  if (view.startedAt !== undefined)
    list.push(['started', `${new Date(view.startedAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`]);
  list.push(['stacks', counts.length === 0 ? 'none' : counts.join(', ')], ['wall time', formatDuration(layout.wallMs)]);
  if (layout.critical.stacks.length > 0) {
    list.push(['critical path', `${formatDuration(layout.critical.ms)} (${share} % of the wall time)`]);
  }
  if (result !== undefined)
    list.push(['API calls', `${formatNumber(totalCalls(result))}, ${formatNumber(result.throttled)} throttled`]);
  const items = list.map(([term, text]) => `<div><dt>${term}</dt><dd>${escapeMarkup(text)}</dd></div>`);
  return `<dl>${items.join('')}</dl>`;
}

function failures(view: RunView): string {
  return view.failures
    .map((failure) => {
      const details = failureDetails(failure).map(({ label, text }) => {
        const words = escapeMarkup(text);
        return `<p><b>${label}</b> ${label === 'next' ? `<code>${words}</code>` : words}</p>`;
      });
      return `<section class="failure"><p>${escapeMarkup(failureTitle(failure))}</p>${details.join('')}</section>`;
    })
    .join('\n');
}

function legend(view: RunView, layout: TimelineLayout): string {
  const segments = layout.rows.flatMap((row) => (row.kind === 'stack' || row.kind === 'hook' ? row.segments : []));
  const used = new Set(segments.map((segment) => segment.phase));
  const items = Object.entries(PHASE_WORDS)
    .filter(([phase]) => used.has(phase as keyof typeof PHASE_WORDS))
    .map(([phase, words]) => legendItem(`<rect class="${phase}" width="22" height="12"/>`, words));
  if (layout.critical.stacks.length > 0) {
    items.push(
      legendItem('<rect class="critical" x="1" y="1" width="20" height="10" rx="1"/>', 'on the critical path'),
    );
  }
  if ([...view.stacks.values()].some((stack) => stack.outcome === 'failed')) {
    items.push(legendItem('<text class="bad-text" x="6" y="11" font-size="13">✗</text>', 'failed'));
  }
  if (view.interrupted !== undefined) {
    items.push(legendItem('<line class="interrupted" x1="11" x2="11" y1="0" y2="12"/>', 'interrupted'));
  }
  return `<ul class="legend">${items.join('')}</ul>`;
}

function legendItem(picture: string, words: string): string {
  return `<li><svg width="22" height="12" aria-hidden="true">${picture}</svg>${words}</li>`;
}
