import { parseTemplate } from '@roundtrip/template';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { outputChanges } from './output-changes.ts';
import { resourceChanges } from './resource-changes.ts';

const { template } = parseTemplate(
  `
Parameters:
  Name: { Type: String }
  Count: { Type: String }
Resources:
  Service: { Type: AWS::ECS::Service, Properties: { DesiredCount: !Ref Count, TaskDefinition: t } }
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: !Ref Name } }
Outputs:
  Service: { Value: !Ref Service }
  Topic: { Value: !Ref Topic }
  Name: { Value: !Ref Name }
`,
  'x.yaml',
);
const pseudo = { region: 'eu-west-1', account: '111111111111', stackName: 'stage-x' };

function changing(before: Record<string, string>, after: Record<string, string>): string[] {
  const old = { template, parameters: before };
  const wanted = { template, parameters: after };
  const changes = resourceChanges({ before: old, after: wanted, pseudo });
  return ['Service', 'Topic', 'Name'].filter(outputChanges(old, wanted, pseudo, changes));
}

test('a resource that is changed in place keeps its outputs', () => {
  assert.equal(changing({ Name: 'a', Count: '1' }, { Name: 'a', Count: '2' }), []);
});

test('a resource that is replaced, and a value that is written otherwise, change theirs', () => {
  assert.equal(changing({ Name: 'a', Count: '1' }, { Name: 'b', Count: '1' }), ['Topic', 'Name']);
});

test('a stack that does not exist has no output that could stay', () => {
  const wanted = { template, parameters: { Name: 'a', Count: '1' } };
  assert.is(outputChanges(undefined, wanted, pseudo, [])('Name'), true);
});

test.run();
