export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The largest value that is good enough. */
  readonly target?: number;
}

/** A dated Markdown table; a missed target says by how much. */
export function formatReport(
  figures: readonly Figure[],
  head: { readonly date: string; readonly machine: string },
): string {
  const rows = figures.map(({ what, value, unit, target }) => {
    const goal = target === undefined ? '' : `≤ ${target}`;
    return `| ${what} | ${value.toFixed(2)} ${unit} | ${goal} | ${verdict(value, target)} |`;
  });
  return [
    `# Benchmark of ${head.date}`,
    '',
    `Local cloud at SPEED=1, ${head.machine}. One run each where no median is named.`,
    '',
    '| what | measured | target | |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function verdict(value: number, target: number | undefined): string {
  if (target === undefined) return '';
  return value <= target ? 'met' : `missed by ${((value / target - 1) * 100).toFixed(0)} %`;
}
