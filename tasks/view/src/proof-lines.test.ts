import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { proofLines } from './proof-lines.ts';
import type { ProofView } from './proof-view.ts';

const nothing: ProofView = {
  ...{ environment: 'stage', place: '111111111111 eu-west-1', stacks: 0 },
  ...{ removed: [], resisted: [], removable: [], kept: [], going: [], left: [] },
  prices: { region: 'us-east-1', date: '2026-11-21' },
};
const PROOF = 'no stack, no resource with its tag, none of its name, none in its ledger';

test('says that nothing is left, and what it looked at', () => {
  assert.equal(proofLines(nothing), [`proof: nothing left of stage in 111111111111 eu-west-1: ${PROOF}`]);
});

test('names what may stay and what goes by itself, with what it costs, and the proof all the same', () => {
  const kept = [{ name: 'snapshot s', why: 'named under destroy.retain', monthlyUsd: 1.9 }];
  const going = [{ name: 'key k', why: 'pending deletion, AWS deletes it on 2026-11-28', monthlyUsd: 0 }];
  assert.equal(proofLines({ ...nothing, kept, going }), [
    'kept snapshot s: named under destroy.retain; about 1.90 USD a month',
    'going key k: pending deletion, AWS deletes it on 2026-11-28; free of charge',
    '2 things: about 1.90 USD a month by us-east-1 list prices of 2026-11-21',
    `proof: nothing left of stage in 111111111111 eu-west-1 but 1 that the env file allows to stay and 1 that AWS deletes by itself: ${PROOF}`,
  ]);
});

test('lists what is left with the sum of what is known, and proves nothing', () => {
  const removed = [{ name: 'group g', why: 'a log group whose stack is gone' }];
  const resisted = [{ name: 'group h', why: 'denied' }];
  const removable = [{ name: 'alarm a', why: 'an alarm', monthlyUsd: 0.1 }];
  const left = [
    { name: 'volume v', why: 'may hold data', monthlyUsd: 1.6 },
    { name: 'bucket b', why: 'may hold data' },
  ];
  assert.equal(proofLines({ ...nothing, removed, resisted, removable, left }), [
    'removed group g: a log group whose stack is gone',
    'could not remove group h: denied',
    'would remove alarm a: an alarm; about 0.10 USD a month',
    'left volume v: may hold data; about 1.60 USD a month',
    'left bucket b: may hold data; price unknown',
    '3 things: about 1.70 USD a month by us-east-1 list prices of 2026-11-21, 1 of them at an unknown price',
  ]);
});

test('without a single price it gives no sum', () => {
  const left = [{ name: 'bucket b', why: 'may hold data' }];
  assert.is(proofLines({ ...nothing, left }).at(-1), '1 thing: what it costs is unknown');
  assert.is(proofLines({ ...nothing, left: [...left, ...left] }).at(-1), '2 things: what they cost is unknown');
});

test('stacks that stand are no proof of anything', () => {
  assert.equal(proofLines({ ...nothing, stacks: 1 }), [
    '1 stack of stage stands: what it holds is not swept',
    'nothing is left over beside the stacks of stage in 111111111111 eu-west-1',
  ]);
});

test.run();
