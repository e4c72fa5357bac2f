import { padEnd, width, type Span } from './text.ts';

const GAP = '  ';

/**
 * Rows of cells as lines of aligned columns, two spaces apart; nothing is padded at the end of a line. Nothing but alignment is
 * wanted here, and the table libraries (cli-table3, columnify) bring borders, wrapping and a second way to measure text.
 */
export function alignColumns(rows: readonly (readonly Span[])[]): Span[][] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, width(textOf(cell)));
    }
  }
  return rows.map((row) => {
    const last = row.findLastIndex((cell) => textOf(cell) !== '');
    return row.slice(0, last + 1).map((cell, column): Span => {
      if (column === last) return cell;
      const text = padEnd(textOf(cell), widths[column] ?? 0) + GAP;
      return typeof cell === 'string' ? text : [text, cell[1]];
    });
  });
}

function textOf(cell: Span): string {
  return typeof cell === 'string' ? cell : cell[0];
}
