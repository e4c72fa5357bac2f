import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createBlockers } from './blockers.ts';
import { createTestStage } from './test-stage.ts';

const EXPORTS = `
Resources: { Topic: { Type: AWS::SNS::Topic } }
Outputs:
  Topic: { Value: !Ref Topic, Export: { Name: stage-topic } }
  Unused: { Value: x, Export: { Name: stage-unused } }
`;
const IMPORTS = `
Resources: { Said: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: !ImportValue stage-topic } } }
`;

test('stacks that import what the stack exports are named, and nothing is cleared', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-topic', EXPORTS);
  assert.equal(await stage.lines(stack), []);
  const users = [await stage.up('prod-b', IMPORTS), await stage.up('prod-a', IMPORTS)];
  assert.equal(await stage.lines(stack), [
    'stage-topic: export stage-topic is imported by prod-a and prod-b; take prod-a and prod-b down first, or let them import nothing from stage-topic',
  ]);
  for (const user of users) assert.is(await stage.down(user), undefined);
  assert.equal(await stage.lines(stack), []);
  assert.is(await stage.down(stack), undefined);
});

test('a stack that goes in the same teardown is in nobody’s way; only those from outside are named', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-topic', EXPORTS);
  for (const name of ['stage-user', 'prod-user']) await stage.up(name, IMPORTS);
  const options = { templateOf: () => EXPORTS, mayUnprotect: false, goesToo: (name: string) => name === 'stage-user' };
  const found = await createBlockers(stage.settings, stage.counter, options).find(stack);
  assert.equal(
    found.map(({ what }) => what),
    ['export stage-topic is imported by prod-user'],
  );
});

test.run();
