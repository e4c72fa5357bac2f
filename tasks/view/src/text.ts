import { stripVTControlCharacters } from 'node:util';
import measure from 'fast-string-width';

export type Style = 'plain' | 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan';

/** A piece of a line: its text, and how it is painted where colour is on. */
export type Span = string | readonly [text: string, style: Style];

/** The escape codes that begin and end a style; written out, because a library for them takes 20 ms to load. */
const CODES: Readonly<Record<Exclude<Style, 'plain'>, readonly [begin: number, end: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

/**
 * One line of output from its pieces, cut to `columns` (display width, so that a wide character counts two) with an
 * ellipsis. The text is cut before it is painted: an escape sequence is never cut in half or left open.
 */
export function line(spans: readonly Span[], options: { color: boolean; columns?: number }): string {
  const texts = spans.map(textOf);
  const columns = options.columns ?? Infinity;
  const fits = columns === Infinity || texts.reduce((sum, text) => sum + width(text), 0) <= columns;
  let left = fits ? Infinity : columns - 1;
  const parts: string[] = [];
  for (const [index, text] of texts.entries()) {
    const kept = left === Infinity ? text : head(text, left);
    const cut = kept !== text;
    parts.push(paint(cut ? `${kept}…` : kept, spans[index] ?? '', options.color));
    if (cut) break;
    left -= width(kept);
  }
  return parts.join('');
}

/** The number of terminal columns that a text takes. */
export function width(text: string): number {
  return measure(text);
}

/** Pads with spaces at the end to a display width; a longer text stays as it is. */
export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

/** Pads with spaces at the start to a display width; a longer text stays as it is. */
export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/**
 * Text from elsewhere (a hook, AWS) made safe to print: no escape sequences, no control characters, tabs as spaces.
 * Line breaks become spaces, so that what is one line in the journal is one line on the screen.
 */
export function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\t', '  ')
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
    .trimEnd();
}

function textOf(span: Span): string {
  return typeof span === 'string' ? span : span[0];
}

function paint(text: string, span: Span, color: boolean): string {
  if (!color || text === '' || typeof span === 'string' || span[1] === 'plain') return text;
  const [begin, end] = CODES[span[1]];
  return `\u001b[${begin}m${text}\u001b[${end}m`;
}

/** As much of the start of a text as fits into `columns`; what looks like one character is never cut in half. */
function head(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  let left = columns;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    left -= width(segment);
    if (left < 0) break;
    kept += segment;
  }
  return kept;
}
