import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TestCloud, parameter, template } from './test-cloud.ts';

function exporting(value: string, name = 'net-id'): object {
  return template({ A: parameter('a') }, { Outputs: { Id: { Value: value, Export: { Name: name } } } });
}

function importing(name = 'net-id'): object {
  return template({ B: { ...parameter(''), Properties: { Type: 'String', Value: { 'Fn::ImportValue': name } } } });
}

function pair(): { cloud: TestCloud; id: string } {
  const cloud = new TestCloud();
  const id = cloud.create('net', exporting('one'));
  cloud.settle('net');
  cloud.create('app', importing());
  assert.is(cloud.settle('app'), 'CREATE_COMPLETE');
  return { cloud, id };
}

test('an export is listed with its stack and read by another', () => {
  const { cloud, id } = pair();
  assert.equal(cloud.call('ListExports', {}), {
    Exports: [{ Name: 'net-id', ExportingStackId: id, Value: 'one' }],
    NextToken: undefined,
  });
  assert.equal(cloud.call('ListImports', { ExportName: 'net-id' }), { Imports: ['app'] });
  assert.is(cloud.resources().find(({ logicalId }) => logicalId === 'B')?.properties['Value'], 'one');
  assert.is(
    cloud.refusal('ListImports', { ExportName: 'other' }),
    "ValidationError: Export 'other' is not imported by any stack.",
  );
});

test('an export in use can be neither deleted nor changed', () => {
  const { cloud, id } = pair();
  cloud.call('DeleteStack', { StackName: 'net' });
  assert.is(cloud.settle('net'), 'DELETE_FAILED');
  assert.is(cloud.stack('net').StackStatusReason, 'Export net-id cannot be deleted as it is in use by app');
  assert.is(cloud.resourceOf('net', 'A').status, 'CREATE_COMPLETE');
  cloud.call('DeleteStack', { StackName: 'app' });
  cloud.pass(60);
  assert.is(
    cloud.refusal('ListImports', { ExportName: 'net-id' }),
    "ValidationError: Export 'net-id' is not imported by any stack.",
  );
  cloud.call('DeleteStack', { StackName: 'net' });
  assert.is(cloud.settle(id), 'DELETE_COMPLETE');
  assert.equal(cloud.call<{ Exports: object[] }>('ListExports', {}).Exports, []);
});

test('an update that changes or removes an export in use goes back', () => {
  for (const [next, what] of [
    [exporting('two'), 'updated'],
    [template({ A: parameter('a') }), 'deleted'],
  ] as const) {
    const { cloud } = pair();
    cloud.update('net', next);
    assert.is(cloud.settle('net'), 'UPDATE_ROLLBACK_COMPLETE');
    assert.is(cloud.stack('net').StackStatusReason, `Export net-id cannot be ${what} as it is in use by app`);
    assert.is(cloud.call<{ Exports: { Value: string }[] }>('ListExports', {}).Exports[0]?.Value, 'one');
  }
});

test('an export that is taken and an import that is missing fail the stack', () => {
  const { cloud } = pair();
  cloud.create('other', exporting('x'));
  assert.is(cloud.settle('other'), 'ROLLBACK_COMPLETE');
  assert.is(
    cloud.stack('other').StackStatusReason,
    'Export with name net-id is already exported by stack net. Rollback requested by user.',
  );
  cloud.create('lost', importing('nothing'));
  assert.is(cloud.settle('lost'), 'ROLLBACK_COMPLETE');
  assert.is(cloud.stack('lost').StackStatusReason, 'No export named nothing found. Rollback requested by user.');
});

test('an output of another stack, account or region is read without holding it', () => {
  const cloud = new TestCloud();
  const elsewhere = { account: '222222222222', region: 'us-east-1' };
  const given = template({ A: parameter('x') }, { Outputs: { Id: { Value: 'from-afar' } } });
  cloud.call('CreateStack', { StackName: 'far', TemplateBody: JSON.stringify(given) }, elsewhere);
  cloud.pass(60);
  const user = (StackName: string, OutputName: string) => {
    const reference = { StackName, OutputName, Region: 'us-east-1', RoleArn: 'arn:aws:iam::222222222222:role/reader' };
    return template({ A: parameter('x') }, { Outputs: { Far: { Value: { 'Fn::GetStackOutput': reference } } } });
  };
  cloud.create('app', user('far', 'Id'));
  assert.is(cloud.settle('app'), 'CREATE_COMPLETE');
  assert.is(cloud.stack('app').Outputs?.[0]?.OutputValue, 'from-afar');
  for (const [name, stack, output, text] of [
    ['b', 'far', 'None', "Output 'None' not found in stack 'far'. Rollback requested by user."],
    ['c', 'nowhere', 'Id', 'Stack with id nowhere does not exist. Rollback requested by user.'],
  ] as const) {
    cloud.create(name, user(stack, output));
    assert.is(cloud.settle(name), 'ROLLBACK_COMPLETE');
    assert.is(cloud.stack(name).StackStatusReason, text);
  }
  cloud.call('DeleteStack', { StackName: 'far' }, elsewhere);
});

test.run();
