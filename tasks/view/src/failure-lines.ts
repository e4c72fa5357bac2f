import { likelyCause } from './likely-cause.ts';
import type { RunView } from './run-view.ts';
import { clean, type Span } from './text.ts';

export type Failure = RunView['failures'][number];

/** What a person has to know about a failed stack: `stage-data: Database (AWS::RDS::DBInstance)`. */
export function failureTitle(failure: Failure): string {
  if (failure.resource === undefined) return failure.stack;
  const type = failure.resourceType === undefined ? '' : ` (${failure.resourceType})`;
  return clean(`${failure.stack}: ${failure.resource}${type}`);
}

type FailureLabel = 'reason' | 'task' | 'health' | 'log' | 'cause' | 'next';

/** AWS's reason, what was seen of the resource, the likely cause and the commands to type next; the journal's own words go before those of the table. */
export function failureDetails(failure: Failure): { label: FailureLabel; text: string }[] {
  const likely = likelyCause(failure.resourceType, failure.reason);
  const cause = failure.cause ?? likely?.cause;
  const next = failure.cause === undefined && likely !== undefined ? [likely.next, failure.next] : [failure.next];
  return [
    { label: 'reason' as const, text: clean(failure.reason) },
    ...(failure.evidence ?? []).map(({ about, text }) => ({ label: about, text: clean(text) })),
    ...(cause === undefined ? [] : [{ label: 'cause' as const, text: clean(cause) }]),
    ...[...new Set(next)].map((text) => ({
      label: 'next' as const,
      text: clean(text.replaceAll('<stack>', failure.stack)),
    })),
  ];
}

/** The details as lines: `  reason  …`, the label in front and nothing cut off. */
export function failureSpans(failure: Failure): Span[][] {
  return failureDetails(failure).map(({ label, text }) => [
    ['  ', 'plain'],
    [label.padEnd(8), 'dim'],
    [text, label === 'next' ? 'cyan' : 'plain'],
  ]);
}
