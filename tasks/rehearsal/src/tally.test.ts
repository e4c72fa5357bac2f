import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Tally } from './tally.ts';

test('seeds, weeks, faults and deaths are added up', () => {
  const tally = new Tally();
  const played = { seed: 'x-1', weeks: 3, violations: [], faults: { throttle: 2, slow: 1 }, deaths: 1 };
  tally.add(played);
  const violations = [{ checker: 'converges', what: 'it does not' }];
  tally.add({ ...played, seed: 'x-2', faults: { throttle: 5 }, violations });
  assert.is(tally.line(12_000), '2 seeds, 6 weeks in 12.0 s, 30 weeks a minute: 1 seeds with violations');
  assert.is(tally.faultsLine(), 'faults: throttle 7, slow 1; processes killed: 2');
  assert.equal(
    tally.failed.map(({ seed }) => seed),
    ['x-2'],
  );
});

test.run();
