import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import layer from './layer.ts';

test('nothing may be left unless the env file names it', () => {
  assert.equal(v.parse(layer.config, {}), { retain: [] });
  assert.equal(v.parse(layer.config, { retain: ['HomeFileSystem'] }), { retain: ['HomeFileSystem'] });
});

test('an empty name and an unknown key are refused', () => {
  assert.not(v.safeParse(layer.config, { retain: [''] }).success);
  assert.not(v.safeParse(layer.config, { keep: [] }).success);
});

test('the layer has no stacks of its own', () => {
  assert.equal(layer.stacks({} as never), []);
});

test.run();
