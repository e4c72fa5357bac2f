import * as CloudControl from '@aws-sdk/client-cloudcontrol';
import * as SSM from '@aws-sdk/client-ssm';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const TypeName = 'AWS::SSM::Parameter';
const NAMED = { TypeName, Identifier: '/a' };

function open() {
  const tested = testCloud();
  const config = tested.as('111111111111');
  const client = new CloudControl.CloudControlClient(config);
  const create = (state: object, more: Partial<CloudControl.CreateResourceCommandInput> = {}) =>
    client.send(new CloudControl.CreateResourceCommand({ TypeName, DesiredState: JSON.stringify(state), ...more }));
  const update = (...patch: object[]) =>
    client.send(new CloudControl.UpdateResourceCommand({ ...NAMED, PatchDocument: JSON.stringify(patch) }));
  const status = async (RequestToken: string | undefined) =>
    (await client.send(new CloudControl.GetResourceRequestStatusCommand({ RequestToken }))).ProgressEvent;
  const read = async () => {
    const { ResourceDescription } = await client.send(new CloudControl.GetResourceCommand(NAMED));
    return JSON.parse(ResourceDescription?.Properties ?? '') as Record<string, unknown>;
  };
  return { ...tested, client, create, update, status, read, ssm: new SSM.SSMClient(config) };
}

const PARAMETER = { Name: '/a', Type: 'String', Value: 'one', Tags: { owner: 'me' } };
const words = async (promise: Promise<unknown>) => {
  const { name, message } = await failureOf(promise);
  return `${name}: ${message}`;
};

test('a resource is made, and its own service knows it', async () => {
  const { create, pass, status, ssm, read } = open();
  const { ProgressEvent } = await create(PARAMETER, { ClientToken: 'once' });
  assert.equal([ProgressEvent?.OperationStatus, ProgressEvent?.Identifier], ['IN_PROGRESS', undefined]);
  assert.is(
    (await create(PARAMETER, { ClientToken: 'once' })).ProgressEvent?.RequestToken,
    ProgressEvent?.RequestToken,
  );
  pass(30_000);
  const done = await status(ProgressEvent?.RequestToken);
  assert.equal([done?.OperationStatus, done?.Identifier], ['SUCCESS', '/a']);
  assert.is((await ssm.send(new SSM.GetParameterCommand({ Name: '/a' }))).Parameter?.Value, 'one');
  assert.equal((await read())['Tags'], { owner: 'me' });
  const again = await create(PARAMETER);
  pass(30_000);
  const failed = await status(again.ProgressEvent?.RequestToken);
  assert.equal([failed?.OperationStatus, failed?.ErrorCode], ['FAILED', 'AlreadyExists']);
});

test('a resource is changed by a patch', async () => {
  const { create, update, pass, status, ssm, read } = open();
  await create(PARAMETER);
  pass(30_000);
  const { ProgressEvent } = await update(
    { op: 'test', path: '/Value', value: 'one' },
    { op: 'replace', path: '/Value', value: 'two' },
    { op: 'add', path: '/Tags/stage', value: 'yes' },
  );
  assert.match(await words(update({ op: 'remove', path: '/Tags' })), 'ConcurrentOperationException');
  pass(30_000);
  assert.is((await status(ProgressEvent?.RequestToken))?.OperationStatus, 'SUCCESS');
  assert.is((await ssm.send(new SSM.GetParameterCommand({ Name: '/a' }))).Parameter?.Value, 'two');
  assert.equal((await read())['Tags'], { owner: 'me', stage: 'yes' });
  assert.is(
    await words(update({ op: 'replace', path: '/Name', value: '/b' })),
    'NotUpdatableException: Invalid patch update: createOnlyProperties [/properties/Name] cannot be updated',
  );
  assert.match(await words(update({ op: 'remove', path: '/Nothing' })), 'there is nothing at /Nothing');
  assert.match(await words(update({ op: 'add', path: '/Colour', value: 'red' })), 'extraneous key [Colour]');
});

test('what cannot be made is said at once', async () => {
  const { create } = open();
  assert.is(
    await words(create({ Name: '/a', Type: 'String' })),
    'InvalidRequestException: Model validation failed (#: required key [Value] not found)',
  );
  assert.is(
    await words(create({}, { TypeName: 'AWS::No::Type' })),
    "TypeNotFoundException: The type 'AWS::No::Type' cannot be found.",
  );
});

test('requests are listed, and canceled while they are in progress', async () => {
  const { client, create, pass, ssm } = open();
  const { ProgressEvent } = await create(PARAMETER);
  const cancel = new CloudControl.CancelResourceRequestCommand({ RequestToken: ProgressEvent?.RequestToken });
  assert.is((await client.send(cancel)).ProgressEvent?.OperationStatus, 'CANCEL_COMPLETE');
  assert.match(await words(client.send(cancel)), 'can no longer be canceled');
  pass(30_000);
  assert.is((await failureOf(ssm.send(new SSM.GetParameterCommand({ Name: '/a' })))).name, 'ParameterNotFound');
  await create(PARAMETER);
  pass(30_000);
  await client.send(new CloudControl.DeleteResourceCommand(NAMED));
  pass(30_000);
  const list = async (filter?: CloudControl.ResourceRequestStatusFilter) => {
    const command = new CloudControl.ListResourceRequestsCommand({ ResourceRequestStatusFilter: filter });
    const { ResourceRequestStatusSummaries } = await client.send(command);
    return ResourceRequestStatusSummaries?.map(({ Operation, OperationStatus }) => `${Operation} ${OperationStatus}`);
  };
  assert.equal(await list(), ['DELETE SUCCESS', 'CREATE SUCCESS', 'CREATE CANCEL_COMPLETE']);
  assert.equal(await list({ Operations: ['CREATE'], OperationStatuses: ['SUCCESS'] }), ['CREATE SUCCESS']);
});

test.run();
