import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createStackFacts } from './stack-facts.ts';
import { createTestStage } from './test-stage.ts';

test('a stack holds also what comes after the first hundred of its resources', async () => {
  const stage = createTestStage();
  const topics = Array.from({ length: 130 }, (_topic, index) => [`T${index}`, { Type: 'AWS::SNS::Topic' }] as const);
  await stage.up('stage-many', JSON.stringify({ Resources: Object.fromEntries(topics) }));
  await stage.up('stage-few', JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
  const facts = createStackFacts(stage.settings, stage.counter);
  const held = await facts.resources('stage-many');
  assert.is(held.length, 130);
  const holders = await Promise.all(held.map(({ physicalId }) => facts.holder(physicalId)));
  assert.equal([...new Set(holders)], ['stage-many']);
  const [topic] = await facts.resources('stage-few');
  assert.is(await facts.holder(topic?.physicalId ?? ''), 'stage-few');
  assert.is(await facts.holder('nobody'), undefined);
});

test.run();
