import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as SSM from '@aws-sdk/client-ssm';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../../testing/test-cloud.ts';
import { propertyDifferences } from './property-differences.ts';

const ACCOUNT = '111111111111';

const TEMPLATE = `Parameters:
  Secret: { Type: String, NoEcho: true, Default: hush }
Resources:
  First:
    Type: AWS::SSM::Parameter
    Properties: { Name: /first, Type: String, Value: !Ref Secret }
  Second:
    Type: AWS::SSM::Parameter
    Properties: { Name: /second, Type: String, Value: '2', Tags: { team: web } }
  Topic:
    Type: AWS::SNS::Topic
  Handle:
    Type: AWS::CloudFormation::WaitConditionHandle
`;

async function madeStack() {
  const { as, pass, defects } = testCloud();
  const stack = new CloudFormation.CloudFormationClient(as(ACCOUNT));
  const ssm = new SSM.SSMClient(as(ACCOUNT));
  await stack.send(new CloudFormation.CreateStackCommand({ StackName: 'app', TemplateBody: TEMPLATE }));
  pass(120_000);
  const detect = async () => {
    const { StackDriftDetectionId } = await stack.send(
      new CloudFormation.DetectStackDriftCommand({ StackName: 'app' }),
    );
    const status = () =>
      stack.send(new CloudFormation.DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    const running = (await status()).DetectionStatus;
    pass(60_000);
    return { running, ...(await status()) };
  };
  const drifts = async (input: object = {}) =>
    await stack.send(new CloudFormation.DescribeStackResourceDriftsCommand({ StackName: 'app', ...input }));
  return { stack, ssm, pass, defects, detect, drifts };
}

test('a stack that nobody has touched is in sync, once its detection is over', async () => {
  const { stack, detect, drifts } = await madeStack();
  const described = async () =>
    (await stack.send(new CloudFormation.DescribeStacksCommand({ StackName: 'app' }))).Stacks?.[0]?.DriftInformation;
  assert.equal(await described(), { StackDriftStatus: 'NOT_CHECKED' });
  assert.equal((await drifts()).StackResourceDrifts, []);
  const { running, DetectionStatus, StackDriftStatus, DriftedStackResourceCount } = await detect();
  assert.equal(
    [running, DetectionStatus, StackDriftStatus, DriftedStackResourceCount],
    ['DETECTION_IN_PROGRESS', 'DETECTION_COMPLETE', 'IN_SYNC', 0],
  );
  assert.is((await described())?.StackDriftStatus, 'IN_SYNC');
  assert.equal(
    (await drifts()).StackResourceDrifts?.map((one) => [one.LogicalResourceId, one.StackResourceDriftStatus]),
    [
      ['First', 'IN_SYNC'],
      ['Second', 'IN_SYNC'],
      ['Topic', 'IN_SYNC'],
    ],
  );
});

test('what was changed or deleted by hand is found, with the difference, and no secret is shown', async () => {
  const { stack, ssm, detect, drifts, defects } = await madeStack();
  await ssm.send(new SSM.PutParameterCommand({ Name: '/first', Value: 'hush now', Overwrite: true }));
  await ssm.send(new SSM.DeleteParameterCommand({ Name: '/second' }));
  const found = await detect();
  assert.equal([found.StackDriftStatus, found.DriftedStackResourceCount], ['DRIFTED', 2]);
  const [first, second] =
    (await drifts({ StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'] })).StackResourceDrifts ?? [];
  assert.equal(
    [
      first?.LogicalResourceId,
      first?.StackResourceDriftStatus,
      second?.LogicalResourceId,
      second?.StackResourceDriftStatus,
    ],
    ['First', 'MODIFIED', 'Second', 'DELETED'],
  );
  assert.equal(first?.PropertyDifferences, [
    { PropertyPath: '/Value', ExpectedValue: '****', ActualValue: '**** now', DifferenceType: 'NOT_EQUAL' },
  ]);
  assert.is(first?.ExpectedProperties, '{"Name":"/first","Type":"String","Value":"****"}');
  assert.is(first?.ActualProperties, '{"Name":"/first","Type":"String","Value":"**** now"}');
  const { StackResourceSummaries = [] } = await stack.send(
    new CloudFormation.ListStackResourcesCommand({ StackName: 'app' }),
  );
  assert.equal(
    StackResourceSummaries.map(
      (one) => `${one.LogicalResourceId} ${one.DriftInformation?.StackResourceDriftStatus}`,
    ).sort(),
    ['First MODIFIED', 'Handle NOT_CHECKED', 'Second DELETED', 'Topic IN_SYNC'],
  );
  assert.equal(defects, []);
});

test('one resource is looked at by itself, and pages are as long as they are asked to be', async () => {
  const { stack, ssm, detect, drifts } = await madeStack();
  await ssm.send(new SSM.PutParameterCommand({ Name: '/second', Value: '3', Overwrite: true }));
  const one = (LogicalResourceId: string) =>
    stack.send(new CloudFormation.DetectStackResourceDriftCommand({ StackName: 'app', LogicalResourceId }));
  assert.is((await one('Second')).StackResourceDrift?.StackResourceDriftStatus, 'MODIFIED');
  assert.is((await failureOf(one('Nothing'))).message, 'Resource Nothing does not exist for stack app');
  assert.is(
    (await failureOf(one('Handle'))).message,
    'Drift detection is not supported for resource type AWS::CloudFormation::WaitConditionHandle',
  );
  await detect();
  const page = await drifts({ MaxResults: 2 });
  assert.is(page.StackResourceDrifts?.length, 2);
  assert.is((await drifts({ MaxResults: 2, NextToken: page.NextToken })).StackResourceDrifts?.length, 1);
});

test('one detection of a stack at a time, and none while it changes', async () => {
  const { stack } = await madeStack();
  const detect = () => stack.send(new CloudFormation.DetectStackDriftCommand({ StackName: 'app' }));
  await detect();
  assert.match((await failureOf(detect())).message, /^Drift detection is already in progress for stack \[arn:/);
  await stack.send(new CloudFormation.DeleteStackCommand({ StackName: 'app' }));
  assert.match(
    (await failureOf(detect())).message,
    /^Drift detection cannot be performed on stack .* in DELETE_IN_PROGRESS state\.$/,
  );
});

test('lists are compared item by item, tags by their key, texts like numbers', () => {
  const expected = { Port: 80, Tags: [{ Key: 'a', Value: '1' }], Zones: ['x', 'y'], Gone: true };
  const actual = {
    Port: '80',
    Tags: [
      { Key: 'b', Value: '1' },
      { Key: 'a', Value: '2' },
    ],
    Zones: ['y'],
    More: 1,
  };
  assert.equal(
    propertyDifferences(expected, actual).map((one) => [
      one.PropertyPath,
      one.ExpectedValue,
      one.ActualValue,
      one.DifferenceType,
    ]),
    [
      ['/Tags/0/Value', '1', '2', 'NOT_EQUAL'],
      ['/Tags/0', 'null', '{"Key":"b","Value":"1"}', 'ADD'],
      ['/Zones/0', 'x', 'null', 'REMOVE'],
      ['/Gone', 'true', 'null', 'REMOVE'],
    ],
  );
});

test.run();
