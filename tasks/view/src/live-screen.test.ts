import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openLiveScreen } from './live-screen.ts';
import { openPlainScreen } from './plain-screen.ts';
import { SAMPLE_START, sampleJournal } from './sample-journal.ts';

class Terminal extends Writable {
  readonly columns = 90;
  readonly rows = 12;
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  take(): string {
    const text = this.text;
    this.text = '';
    return text;
  }
}

test('the live screen draws on the tick, keeps what has ended above the frame, and gives the cursor back', async () => {
  const stream = new Terminal();
  let nowMs = SAMPLE_START;
  let tick: () => void = () => assert.unreachable('the screen has asked for no tick');
  let stopped = 0;
  const every = (ms: number, action: () => void) => {
    assert.is(ms, 200);
    tick = action;
    return () => void stopped++;
  };
  const screen = await openLiveScreen({ stream, color: false, now: () => nowMs, every });
  assert.is(stream.take(), '\u001b[?25l');
  for (const event of sampleJournal({ services: 5, untilMs: 300_000 })) screen.show(event);
  assert.is(stream.take(), '');
  nowMs = SAMPLE_START + 300_000;
  tick();
  assert.equal(stripVTControlCharacters(stream.take()).split('\n'), [
    '+00:00 stage: up in 111111111111 eu-central-1, local cloud, 6 layers, run 20261120-180000-1a2b',
    '+00:00 ✓ account: the credentials are for 111111111111',
    '+02:45   stage-network: created in 2:45 min',
    '+02:45 ✓ network done in 2:45 min: 1 created',
    '  stage-cluster  CREATE_IN_PROGRESS   2:12 of ~3:05   ████████▋░░░',
    '  stage-data     CREATE_IN_PROGRESS   2:12 of ~7:55   ███▍░░░░░░░░',
    '2 in flight, 0 waiting, 1 finished',
    'stage  ██████████▍░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   25 %  5:00, at least 5:42 left',
    '',
  ]);
  assert.is(screen.view().stacks.size, 3);
  screen.show({ type: 'notice', text: 'one last word', at: nowMs });
  screen.close();
  screen.close();
  const end = stream.take();
  assert.ok(end.includes('+05:00 ! one last word\n'), end);
  assert.ok(end.endsWith('\u001b[?25h'), JSON.stringify(end));
  assert.is(stopped, 1);
});

test('the plain screen writes each line once, as its event comes, without control characters', () => {
  const stream = new Terminal();
  const screen = openPlainScreen({ stream });
  const events = sampleJournal({ services: 5, hooks: true, failing: 'stage-services-worker' });
  for (const event of events) screen.show(event);
  screen.close();
  const lines = stream.text.split('\n');
  assert.is(lines[0], '+00:00 stage: up in 111111111111 eu-central-1, local cloud, 6 layers, run 20261120-180000-1a2b');
  assert.is(lines.at(-2), '+12:39 ✗ services failed in 1:51 min: 4 created, 1 failed');
  assert.not.match(stream.text, /[\u0000-\u0009\u000b-\u001f\u007f]/);
});

test.run();
