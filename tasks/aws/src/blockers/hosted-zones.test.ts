import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTestStage, may, type TestStage } from './test-stage.ts';

const ZONE = `
Resources:
  Zone: { Type: AWS::Route53::HostedZone, Properties: { Name: example.internal } }
  Own:
    Type: AWS::Route53::RecordSet
    Properties: { HostedZoneId: !Ref Zone, Name: own.example.internal, Type: A, TTL: '60', ResourceRecords: [10.0.0.1] }
Outputs: { Zone: { Value: !Ref Zone } }
`;

async function write(stage: TestStage, HostedZoneId: string, Name: string, Type: RRType, Value: string) {
  const ResourceRecordSet = { Name, Type, TTL: 60, ResourceRecords: [{ Value }] };
  const ChangeBatch = { Changes: [{ Action: 'CREATE' as const, ResourceRecordSet }] };
  const command = new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch });
  await new Route53Client(stage.config).send(command);
}

test('records that no stack owns are deleted, those of the stack are left to it', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-network', ZONE);
  assert.equal(await stage.lines(stack), []);
  const zone = stack.outputs['Zone'] ?? '';
  await write(stage, zone, '*.example.internal', 'CNAME', 'somewhere.else');
  await write(stage, zone, 'late.example.internal', 'A', '10.0.0.2');
  assert.equal(await stage.lines(stack), [
    'Zone: zone example.internal. has 2 records that no stack owns; DeleteRecords',
  ]);
  await stage.clear(stack);
  assert.equal(await stage.lines(stack), []);
  const listed = await new Route53Client(stage.config).send(new ListResourceRecordSetsCommand({ HostedZoneId: zone }));
  assert.equal(
    listed.ResourceRecordSets?.map(({ Name, Type }) => `${Type} ${Name}`),
    ['NS example.internal.', 'SOA example.internal.', 'A own.example.internal.'],
  );
  assert.is(await stage.down(stack), undefined);
});

test('more records than a page holds are read, and deleted in batches', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-network', ZONE);
  const HostedZoneId = stack.outputs['Zone'] ?? '';
  const Changes = Array.from({ length: 301 }, (_record, index) => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: {
      Name: `host-${index}.example.internal`,
      ...{ Type: 'A' as const, TTL: 60, ResourceRecords: [{ Value: '10.0.0.9' }] },
    },
  }));
  const command = new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } });
  await new Route53Client(stage.config).send(command);
  const [blocker] = await stage.blockers.find(stack);
  assert.is(blocker?.what, 'zone example.internal. has 301 records that no stack owns');
  await stage.blockers.clear(blocker!, may);
  assert.is(await stage.down(stack), undefined);
});

test('a stranger beside one of the stack’s own names is found once that one is gone', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-network', ZONE);
  await write(stage, stack.outputs['Zone'] ?? '', 'own.example.internal', 'TXT', '"x"');
  assert.equal(await stage.lines(stack), []);
  const stuck = await stage.down(stack);
  assert.equal(
    stuck?.map(({ logicalId }) => logicalId),
    ['Zone'],
  );
  assert.equal(await stage.lines(stack, stuck), [
    'Zone: zone example.internal. has 1 record that no stack owns; DeleteRecords',
  ]);
  await stage.clear(stack, stuck);
  assert.is(await stage.down(stack), undefined);
});

test('a record of another stack is that stack’s to delete, and the stack is named', async () => {
  const stage = createTestStage();
  const stack = await stage.up('stage-network', ZONE);
  const zone = stack.outputs['Zone'] ?? '';
  const record = `{ HostedZoneId: ${zone}, Name: app.example.internal., Type: A, TTL: '60', ResourceRecords: [10.0.0.3] }`;
  const app = await stage.up('prod-app', `Resources: { R: { Type: AWS::Route53::RecordSet, Properties: ${record} } }`);
  assert.equal(await stage.lines(stack), []);
  const stuck = await stage.down(stack);
  assert.equal(await stage.lines(stack, stuck), [
    'Zone: zone example.internal. has records that other stacks hold: prod-app; delete those stacks, or their records, first',
  ]);
  assert.is(await stage.down(app), undefined);
  assert.equal(await stage.lines(stack, stuck), []);
  assert.is(await stage.down(stack), undefined);
});

test.run();
