import type { JournalEvent } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { escapeMarkup } from './markup.ts';
import { sampleJournal } from './sample-journal.ts';
import { timelineHtml } from './timeline-html.ts';

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

test('the page needs nothing from anywhere and runs nothing', async () => {
  const page = await timelineHtml(sampleJournal({ services: 5, hooks: true, failing: 'stage-services-worker' }));
  assert.not.match(page, /<script|<link|<img|<iframe|@import|url\((?!#)|javascript:| on\w+=/i);
  assert.equal([...new Set(page.match(/https?:\/\/[^"\s<]+/g))], ['http://www.w3.org/2000/svg']);
  assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/);
});

test('the head tells what run it was and how it ended', async () => {
  const page = await timelineHtml(sampleJournal({ services: 5, failing: 'stage-services-worker' }));
  assert.ok(page.includes('<title>stage: failed after 12:40 min</title>'));
  assert.ok(page.includes('<h1>stage <span class="bad">failed after 12:40 min</span></h1>'));
  for (const fact of [
    '<dt>environment</dt><dd>stage</dd>',
    '<dt>account</dt><dd>111111111111</dd>',
    '<dt>region</dt><dd>eu-central-1 (local cloud)</dd>',
    '<dt>run</dt><dd>20261120-180000-1a2b</dd>',
    '<dt>started</dt><dd>2026-11-20 18:00:00 UTC</dd>',
    '<dt>stacks</dt><dd>8 created, 1 failed</dd>',
    '<dt>wall time</dt><dd>12:40 min</dd>',
    '<dt>critical path</dt><dd>12:35 min (99 % of the wall time)</dd>',
    '<dt>API calls</dt><dd>163, 0 throttled</dd>',
  ]) {
    assert.ok(page.includes(fact), fact);
  }
});

test('every stack has a bar with a tooltip; the critical path is outlined and joined by arrows', async () => {
  const page = await timelineHtml(sampleJournal({ services: 200 }));
  assert.is(count(page, /<rect class="create" x=/g), 204);
  assert.is(count(page, /<title>stage-[^<]*created\n/g), 204);
  assert.is(count(page, /<rect class="critical" x="[\d.]+" y="[\d.]+" width="[\d.]+" height="11"/g), 4);
  assert.is(count(page, /<path class="arrow"/g), 3);
  assert.ok(
    page.includes(
      '<title>stage-data: created\ncreate, does not exist yet\nexpected 7:55 min\nCREATE_IN_PROGRESS → CREATE_COMPLETE\n+02:47 to +10:47\non the critical path</title>',
    ),
  );
});

test('a failure is marked on its bar and explained above the picture', async () => {
  const page = await timelineHtml(sampleJournal({ services: 5, failing: 'stage-services-worker' }));
  assert.is(count(page, /✗ 1:05 min/g), 1);
  assert.is(count(page, /fill="url\(#stripes\)"/g), 1);
  assert.ok(
    page.includes(
      '<section class="failure"><p>stage-services-worker: Service (AWS::ECS::Service)</p><p><b>reason</b> ',
    ),
  );
  assert.ok(page.includes('<p><b>next</b> <code>make stage</code></p>'));
});

test('a layer that had nothing to do is not one that was not reached', async () => {
  const layers = ['a', 'b'].map((name) => ({ name, dependsOn: [] }));
  const page = await timelineHtml([
    { ...(sampleJournal({ services: 0 })[0] as JournalEvent & { type: 'run-started' }), layers },
    { type: 'layer-finished', layer: 'a', outcome: 'done', at: 1 },
  ]);
  assert.is(count(page, /nothing to do/g), 1);
  assert.is(count(page, /not reached/g), 1);
});

test('rows never overlap, whatever their number', async () => {
  for (const services of [2, 40, 200]) {
    const page = await timelineHtml(sampleJournal({ services, hooks: true }));
    const labels = [
      ...page.matchAll(/<text(?: class="(?:bold|faint)")? x="(?:8|20)" y="([\d.]+)" font-size="([\d.]+)"/g),
    ];
    assert.ok(labels.length > services + 4, String(services));
    let below = 0;
    for (const [, y, size] of labels) {
      assert.ok(Number(y) - Number(size) >= below, `a label of ${services} services at ${y}`);
      below = Number(y);
    }
  }
});

test('the axis has between two and fifteen moments, for a second as for a day', async () => {
  for (const wallMs of [40, 1_000, 61_000, 600_000, 7_200_000, 86_400_000]) {
    const events: JournalEvent[] = [
      ...sampleJournal({ services: 0, untilMs: 0 }),
      { type: 'run-finished', exitCode: 0, wallMs, calls: {}, throttled: 0, at: wallMs },
    ];
    const axis = /<div class="axis">(.*?)<\/div>/s.exec(await timelineHtml(events))?.[1] ?? '';
    const moments = count(axis, /<text/g);
    assert.ok(moments >= 2 && moments <= 15, `${wallMs}: ${moments}`);
  }
});

test('nothing from the journal is taken for markup', async () => {
  const evil = '<script>alert("1")</script>';
  const events = sampleJournal({ services: 1, failing: 'stage-data', hooks: true }).map(
    (event) =>
      JSON.parse(
        JSON.stringify(event).replaceAll('stage-data', () => JSON.stringify(evil).slice(1, -1)),
      ) as JournalEvent,
  );
  const page = await timelineHtml(events);
  assert.not.match(page, /<script/i);
  assert.ok(page.includes(escapeMarkup(evil)));
  assert.is(escapeMarkup(`<a b='c' d="e">&\u0000\u001b`), '&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;');
});

test('a journal that ends in the middle, or holds nothing, gives a page too', async () => {
  assert.match(
    await timelineHtml(sampleJournal({ services: 5, untilMs: 300_000 })),
    /<span class="bad">did not finish<\/span>/,
  );
  assert.match(await timelineHtml([]), /<h1>run <span class="bad">did not finish<\/span><\/h1>/);
});

test.run();
