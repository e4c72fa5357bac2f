export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The largest value that is good enough; with `isFloor` the smallest. */
  readonly target?: number;
  readonly isFloor?: true;
}

/** A dated Markdown table; a missed target says by how much. */
export function formatReport(
  figures: readonly Figure[],
  head: { readonly title: string; readonly conditions: string },
): string {
  const rows = figures.map((figure) => {
    const { what, value, unit, target, isFloor } = figure;
    const goal = target === undefined ? '' : `${isFloor ? '≥' : '≤'} ${target}`;
    return `| ${what} | ${value.toFixed(2)} ${unit} | ${goal} | ${verdict(figure)} |`;
  });
  return [
    `# ${head.title}`,
    '',
    head.conditions,
    '',
    '| what | measured | target | |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function verdict({ value, target, isFloor }: Figure): string {
  if (target === undefined) return '';
  const isMet = isFloor ? value >= target : value <= target;
  return isMet ? 'met' : `missed by ${(Math.abs(value / target - 1) * 100).toFixed(0)} %`;
}
