import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chainedLine, checkChain, eventOf } from './journal-chain.ts';
import type { JournalEvent } from './journal-event.ts';

const EVENTS: readonly JournalEvent[] = [
  { at: 1, type: 'notice', text: 'one' },
  { at: 2, type: 'notice', text: 'two, with a "quote" and a hash","hash":"' },
  { at: 3, type: 'notice', text: 'three' },
  { at: 4, type: 'step-started', stack: 'stage-data' },
];

function linesOf(events: readonly JournalEvent[]): string[] {
  const lines: string[] = [];
  for (const event of events) lines.push(chainedLine(event, lines.at(-1) ?? ''));
  return lines;
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

const LINES = linesOf(EVENTS);
const WHOLE = { chain: 'whole', isCut: false };

test('a journal as it was written is whole, and its events are what was written', () => {
  assert.equal(checkChain(textOf(LINES)), WHOLE);
  assert.equal(LINES.map(eventOf), EVENTS);
  assert.equal(checkChain(textOf(LINES.slice(0, 2))), WHOLE, 'also when it ends early');
});

test('each line that was changed is found, the last one too', () => {
  for (const [index, line] of LINES.entries()) {
    const changed = line.replace('"at":', '"at":9');
    assert.equal(checkChain(textOf(LINES.with(index, changed))), {
      chain: 'broken',
      brokenLine: index + 1,
      isCut: false,
    });
  }
});

test('a line that was taken out, put in, moved or stripped of its hash is found', () => {
  const brokenAt = (lines: readonly string[]): number | undefined => checkChain(textOf(lines)).brokenLine;
  assert.is(brokenAt(LINES.toSpliced(1, 1)), 2);
  assert.is(brokenAt(LINES.toSpliced(0, 1)), 1);
  assert.is(brokenAt(LINES.toSpliced(2, 0, LINES[1]!)), 3);
  assert.is(brokenAt([LINES[1]!, LINES[0]!, ...LINES.slice(2)]), 1);
  assert.is(brokenAt(LINES.with(2, JSON.stringify(EVENTS[2]))), 3);
  assert.is(brokenAt(LINES.toSpliced(2, 0, '')), 3, 'an empty line is a line');
});

test('a last line without its end is what a killed run leaves', () => {
  const text = textOf(LINES);
  assert.equal(checkChain(text.slice(0, -20)), { chain: 'whole', isCut: true });
  assert.equal(checkChain(text.slice(0, -1)), { chain: 'whole', isCut: true });
});

test('a journal from before there was a chain has none', () => {
  assert.equal(checkChain(textOf(EVENTS.map((event) => JSON.stringify(event)))), { chain: 'none', isCut: false });
  assert.equal(checkChain(''), { chain: 'none', isCut: false });
});

test.run();
