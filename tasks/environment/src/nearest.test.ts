import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nearest } from './nearest.ts';

test('a slip of the finger finds the word that was meant', () => {
  assert.is(nearest('stgae', ['prod', 'stage']), 'stage');
  assert.is(nearest('eu-wst-1', ['eu-west-1', 'eu-west-2', 'us-west-1']), 'eu-west-1');
});

test('capitals are no difference', () => {
  assert.is(nearest('STORAGEGB', ['storageGb']), 'storageGb');
});

test('a word that is nothing like the candidates finds none', () => {
  assert.is(nearest('moon', ['prod', 'stage']), undefined);
  assert.is(nearest('dev', ['prod', 'stage']), undefined);
  assert.is(nearest('a', []), undefined);
});

test.run();
