import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as Route53 from '@aws-sdk/client-route-53';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const ACCOUNT = '111111111111';

async function withZone() {
  const tested = testCloud();
  const route53 = new Route53.Route53Client(tested.as(ACCOUNT));
  const { HostedZone, DelegationSet, ChangeInfo } = await route53.send(
    new Route53.CreateHostedZoneCommand({ Name: 'Example.com', CallerReference: 'one' }),
  );
  const HostedZoneId = HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
  const change = (...Changes: Route53.Change[]) =>
    route53.send(new Route53.ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }));
  return { ...tested, route53, HostedZone, HostedZoneId, DelegationSet, ChangeInfo, change };
}

const address = (
  Action: Route53.ChangeAction,
  Name: string,
  Value = '10.0.0.1',
  Type: Route53.RRType = 'A',
): Route53.Change => ({ Action, ResourceRecordSet: { Name, Type, TTL: 60, ResourceRecords: [{ Value }] } });

const texts = ({ name, message, status }: { name: string; message: string; status?: number }) =>
  `${status} ${name}: ${message}`;

test('a zone has four name servers and two records of its own', async () => {
  const { route53, HostedZone, HostedZoneId, DelegationSet } = await withZone();
  assert.equal([HostedZone?.Name, HostedZone?.ResourceRecordSetCount], ['example.com.', 2]);
  assert.is(DelegationSet?.NameServers?.length, 4);
  const { ResourceRecordSets } = await route53.send(new Route53.ListResourceRecordSetsCommand({ HostedZoneId }));
  assert.equal(
    ResourceRecordSets?.map(({ Name, Type, TTL }) => [Name, Type, TTL]),
    [
      ['example.com.', 'NS', 172_800],
      ['example.com.', 'SOA', 900],
    ],
  );
  const again = new Route53.CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'one' });
  assert.is(
    texts(await failureOf(route53.send(again))),
    '409 HostedZoneAlreadyExists: A hosted zone has already been created with the specified caller reference: one',
  );
});

test('a change is PENDING and then INSYNC', async () => {
  const { route53, pass, change } = await withZone();
  const { ChangeInfo } = await change(address('CREATE', 'a.example.com'));
  const status = async () =>
    (await route53.send(new Route53.GetChangeCommand({ Id: ChangeInfo?.Id }))).ChangeInfo?.Status;
  assert.is(await status(), 'PENDING');
  pass(34_000);
  assert.is(await status(), 'PENDING');
  pass(27_000);
  assert.is(await status(), 'INSYNC');
});

test('a zone takes one change at a time', async () => {
  const { pass, change } = await withZone();
  await change(address('CREATE', 'a.example.com'));
  assert.is(
    texts(await failureOf(change(address('CREATE', 'b.example.com')))),
    '400 PriorRequestNotComplete: The request was rejected because Route 53 was still processing a prior request.',
  );
  pass(1000);
  await change(address('CREATE', 'b.example.com'));
});

test('a batch is done whole or not at all, and says all that is against it', async () => {
  const { route53, HostedZoneId, pass, change } = await withZone();
  await change(address('CREATE', 'a.example.com'));
  pass(1000);
  const refused = await failureOf(
    change(
      address('CREATE', 'new.example.com'),
      address('CREATE', 'a.example.com'),
      address('DELETE', 'none.example.com'),
      address('UPSERT', 'a.elsewhere.com'),
      address('UPSERT', 'a.example.com', 'b.example.com', 'CNAME'),
      address('UPSERT', 'bad.example.com', '10.0.0'),
    ),
  );
  assert.is(
    texts(refused),
    "400 InvalidChangeBatch: [Tried to create resource record set [name='a.example.com.', type='A'] but it already " +
      "exists, Tried to delete resource record set [name='none.example.com.', type='A'] but it was not found, RRSet " +
      'with DNS name a.elsewhere.com. is not permitted in zone example.com., RRSet of type CNAME with DNS name ' +
      'a.example.com. is not permitted as it conflicts with other records with the same DNS name in zone ' +
      "example.com., Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 " +
      "address) encountered with '10.0.0'']",
  );
  const { ResourceRecordSets = [] } = await route53.send(new Route53.ListResourceRecordSetsCommand({ HostedZoneId }));
  assert.is(ResourceRecordSets.length, 3);
  const changed = await failureOf(change(address('DELETE', 'a.example.com', '10.0.0.2')));
  assert.match(changed.message, 'but the values provided do not match the current values');
  const empty = await failureOf(change({ Action: 'CREATE', ResourceRecordSet: { Name: 'x.example.com', Type: 'A' } }));
  assert.is(
    texts(empty),
    '400 InvalidInput: Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or ' +
      'TrafficPolicyInstanceId], but found none in Change with [Action=CREATE, Name=x.example.com., Type=A, ' +
      'SetIdentifier=null]',
  );
});

test('records are listed by their labels from the right, in pages', async () => {
  const { route53, HostedZoneId, change } = await withZone();
  const names = ['z.example.com', '*.example.com', 'a.z.example.com', 'b.example.com'];
  await change(...names.map((name) => address('CREATE', name)));
  const list = (more: Partial<Route53.ListResourceRecordSetsCommandInput>) =>
    route53.send(new Route53.ListResourceRecordSetsCommand({ HostedZoneId, ...more }));
  const first = await list({ MaxItems: 4 });
  assert.equal(
    first.ResourceRecordSets?.map(({ Name, Type }) => `${Name} ${Type}`),
    ['example.com. NS', 'example.com. SOA', '\\052.example.com. A', 'b.example.com. A'],
  );
  assert.equal(
    [first.IsTruncated, first.NextRecordName, first.NextRecordType, first.MaxItems],
    [true, 'z.example.com.', 'A', 4],
  );
  const rest = await list({ StartRecordName: first.NextRecordName, StartRecordType: first.NextRecordType });
  assert.equal(
    rest.ResourceRecordSets?.map(({ Name }) => Name),
    ['z.example.com.', 'a.z.example.com.'],
  );
});

test('a zone with records is not deleted', async () => {
  const { route53, HostedZoneId, pass, change } = await withZone();
  await change(address('CREATE', 'a.example.com'));
  const remove = new Route53.DeleteHostedZoneCommand({ Id: HostedZoneId });
  assert.is(
    texts(await failureOf(route53.send(remove))),
    '400 HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
  );
  pass(1000);
  await change(address('DELETE', 'a.example.com'));
  await route53.send(remove);
  assert.is(
    texts(await failureOf(route53.send(remove))),
    `404 NoSuchHostedZone: No hosted zone found with ID: ${HostedZoneId}`,
  );
});

test('the zone keeps its own records', async () => {
  const { route53, HostedZoneId, change } = await withZone();
  const { ResourceRecordSets = [] } = await route53.send(new Route53.ListResourceRecordSetsCommand({ HostedZoneId }));
  const refused = await failureOf(
    change(...ResourceRecordSets.map((set) => ({ Action: 'DELETE' as const, ResourceRecordSet: set }))),
  );
  assert.is(
    refused.message,
    '[A HostedZone must contain exactly one SOA record., A HostedZone must contain at least one NS record for the zone itself.]',
  );
});

test('zones are found by name, and hold tags and comments', async () => {
  const { route53, HostedZoneId } = await withZone();
  await route53.send(new Route53.CreateHostedZoneCommand({ Name: 'a.net', CallerReference: 'two' }));
  const { HostedZones } = await route53.send(new Route53.ListHostedZonesByNameCommand({ DNSName: 'a.net' }));
  assert.equal(
    HostedZones?.map(({ Name }) => Name),
    ['a.net.'],
  );
  const { HostedZones: all, NextMarker } = await route53.send(new Route53.ListHostedZonesCommand({ MaxItems: 1 }));
  assert.equal([all?.length, typeof NextMarker], [1, 'string']);
  assert.is((await route53.send(new Route53.GetHostedZoneCountCommand({}))).HostedZoneCount, 2);
  const what = { ResourceType: 'hostedzone', ResourceId: HostedZoneId } as const;
  const AddTags = [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ];
  await route53.send(new Route53.ChangeTagsForResourceCommand({ ...what, AddTags }));
  await route53.send(new Route53.ChangeTagsForResourceCommand({ ...what, RemoveTagKeys: ['a'] }));
  const { ResourceTagSet } = await route53.send(new Route53.ListTagsForResourceCommand(what));
  assert.equal(ResourceTagSet?.Tags, [{ Key: 'b', Value: '2' }]);
  const { HostedZone } = await route53.send(
    new Route53.UpdateHostedZoneCommentCommand({ Id: HostedZoneId, Comment: 'mine' }),
  );
  assert.equal(HostedZone?.Config, { Comment: 'mine', PrivateZone: false });
});

const TEMPLATE = (names: string[]) => ({
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Zone: {
      Type: 'AWS::Route53::HostedZone',
      Properties: {
        Name: 'stage.internal',
        VPCs: [{ VPCId: { Ref: 'Vpc' }, VPCRegion: { Ref: 'AWS::Region' } }],
      },
    },
    One: {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        HostedZoneId: { Ref: 'Zone' },
        Name: 'one.stage.internal',
        Type: 'A',
        TTL: '60',
        ResourceRecords: ['10.0.0.1'],
      },
    },
    Group: {
      Type: 'AWS::Route53::RecordSetGroup',
      Properties: {
        HostedZoneId: { Ref: 'Zone' },
        RecordSets: names.map((Name) => ({ Name, Type: 'CNAME', TTL: '60', ResourceRecords: ['one.stage.internal'] })),
      },
    },
  },
});

test("CloudFormation's zones and records are the same ones", async () => {
  const { as, pass } = testCloud();
  const cloudformation = new CloudFormation.CloudFormationClient(as(ACCOUNT));
  const route53 = new Route53.Route53Client(as(ACCOUNT));
  const body = (...names: string[]) => ({ StackName: 'dns', TemplateBody: JSON.stringify(TEMPLATE(names)) });
  const names = async (HostedZoneId: string) =>
    (await route53.send(new Route53.ListResourceRecordSetsCommand({ HostedZoneId }))).ResourceRecordSets?.map(
      ({ Name, Type }) => `${Name} ${Type}`,
    ).slice(2);
  await cloudformation.send(new CloudFormation.CreateStackCommand(body('b.stage.internal', 'c.stage.internal')));
  pass(600_000);
  const { HostedZones } = await route53.send(new Route53.ListHostedZonesCommand({}));
  const id = HostedZones?.[0]?.Id?.replace('/hostedzone/', '') ?? '';
  assert.is(HostedZones?.[0]?.Config?.PrivateZone, true);
  assert.equal(await names(id), ['b.stage.internal. CNAME', 'c.stage.internal. CNAME', 'one.stage.internal. A']);
  await cloudformation.send(new CloudFormation.UpdateStackCommand(body('b.stage.internal', 'd.stage.internal')));
  pass(600_000);
  assert.equal(await names(id), ['b.stage.internal. CNAME', 'd.stage.internal. CNAME', 'one.stage.internal. A']);
  const { VPCs } = await route53.send(new Route53.GetHostedZoneCommand({ Id: id }));
  const { VPCId, VPCRegion } = VPCs?.[0] ?? {};
  const byVpc = await route53.send(new Route53.ListHostedZonesByVPCCommand({ VPCId, VPCRegion }));
  assert.is(byVpc.HostedZoneSummaries?.[0]?.HostedZoneId, id);
  const last = await failureOf(
    route53.send(new Route53.DisassociateVPCFromHostedZoneCommand({ HostedZoneId: id, VPC: VPCs?.[0] })),
  );
  assert.is(last.name, 'LastVPCAssociation');
  await route53.send(
    new Route53.ChangeResourceRecordSetsCommand({
      HostedZoneId: id,
      ChangeBatch: { Changes: [address('CREATE', 'left.stage.internal')] },
    }),
  );
  await cloudformation.send(new CloudFormation.DeleteStackCommand({ StackName: 'dns' }));
  pass(600_000);
  const { Stacks } = await cloudformation.send(new CloudFormation.DescribeStacksCommand({ StackName: 'dns' }));
  assert.is(Stacks?.[0]?.StackStatus, 'DELETE_FAILED');
});

test('CloudFormation does not create a record over one that is there', async () => {
  const { as, pass, HostedZoneId, change } = await withZone();
  await change(address('CREATE', 'a.example.com'));
  const cloudformation = new CloudFormation.CloudFormationClient(as(ACCOUNT));
  const Properties = { HostedZoneId, Name: 'A.example.com', Type: 'A', TTL: '60', ResourceRecords: ['10.0.0.9'] };
  const template = { Resources: { A: { Type: 'AWS::Route53::RecordSet', Properties } } };
  await cloudformation.send(
    new CloudFormation.CreateStackCommand({ StackName: 's', TemplateBody: JSON.stringify(template) }),
  );
  pass(600_000);
  const { StackEvents = [] } = await cloudformation.send(
    new CloudFormation.DescribeStackEventsCommand({ StackName: 's' }),
  );
  const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  assert.match(
    failed?.ResourceStatusReason ?? '',
    "[Tried to create resource record set [name='a.example.com.', type='A'] but it already exists]",
  );
});

test.run();
