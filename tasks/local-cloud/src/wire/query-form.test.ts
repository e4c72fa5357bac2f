import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as iam from '@aws-sdk/client-iam';
import { QueryShapeSerializer } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readForm } from './query-form.ts';

type Schema = Parameters<typeof NormalizedSchema.of>[0];

/** The form that the SDK's own client would send. */
function formOf(schema: Schema, input: object, ec2: boolean): URLSearchParams {
  const settings = { timestampFormat: { useTrait: true, default: 5 as const }, httpBindings: false };
  const own = ec2 ? { ec2: true, capitalizeKeys: true, flattenLists: true, serializeEmptyLists: false } : {};
  const serializer = new QueryShapeSerializer({ ...settings, serializeEmptyLists: true, ...own });
  serializer.write(schema as never, input);
  return new URLSearchParams(String(serializer.flush()));
}

function roundTrip(schema: Schema, input: object, ec2 = false): object {
  return readForm(formOf(schema, input, ec2), NormalizedSchema.of(schema), ec2);
}

test('lists of structures, empty lists, numbers, booleans and text come back as they were sent', () => {
  const input = {
    StackName: 'stage-network',
    TemplateBody: 'Resources:\n  A: "ü & = % +"\n',
    Parameters: [
      { ParameterKey: 'Cidr', ParameterValue: '10.0.0.0/16' },
      { ParameterKey: 'Keep', UsePreviousValue: true },
    ],
    Tags: Array.from({ length: 12 }, (_, index) => ({ Key: `k${index}`, Value: `v${index}` })),
    Capabilities: [],
    TimeoutInMinutes: 5,
    DisableRollback: false,
    RollbackConfiguration: { RollbackTriggers: [{ Arn: 'a', Type: 'b' }], MonitoringTimeInMinutes: 1 },
  };
  assert.equal(roundTrip(cloudformation.CreateStackInput$, input), input);
});

test('times are read as dates', () => {
  const schema = [3, 'test', 'Timed', 0, ['At'], [4]] as never;
  assert.equal(roundTrip(schema, { At: new Date(1_700_000_000_000) }), { At: new Date(1_700_000_000_000) });
});

test('maps come in entries, flat or not', () => {
  const map = [2, 'test', 'Map', 0, 0, 0] as const;
  const schema = [3, 'test', 'Mapped', 0, ['Plain', 'Flat'], [() => map, [() => map, { xmlFlattened: 1 }]]] as never;
  const input = { Plain: { a: '1', b: '2' }, Flat: { c: '3' } };
  assert.equal(roundTrip(schema, input), input);
});

test("EC2's dialect has flat lists and names with capitals", () => {
  const list = [1, 'test', 'List', 0, [0, { xmlName: 'item' }]] as const;
  const schema = [3, 'test', 'Ec2', 0, ['vpcIds', 'name'], [() => list, [0, { ec2QueryName: 'OtherName' }]]] as never;
  const input = { vpcIds: ['vpc-1', 'vpc-2'], name: 'x' };
  assert.is(formOf(schema, input, true).toString(), 'VpcIds.1=vpc-1&VpcIds.2=vpc-2&OtherName=x');
  assert.equal(roundTrip(schema, input, true), input);
});

test('gaps and order of a list do not matter', () => {
  const form = new URLSearchParams(
    'Tags.member.7.Key=b&Tags.member.7.Value=2&Tags.member.2.Key=a&Tags.member.2.Value=1',
  );
  const input = readForm(form, NormalizedSchema.of(iam.CreateRoleRequest$), false);
  assert.equal(input, {
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  });
});

test('names of objects every value has, and names nested beyond measure, do no harm', () => {
  const schema = NormalizedSchema.of(iam.CreateRoleRequest$);
  const hostile = new URLSearchParams('__proto__.polluted=1&constructor.prototype.polluted=1&RoleName=x');
  assert.equal(readForm(hostile, schema, false), { RoleName: 'x' });
  assert.is(({} as { polluted?: string }).polluted, undefined);
  const deep = new URLSearchParams([['a.'.repeat(5000), '1']]);
  assert.throws(() => readForm(deep, schema, false), /^Parameter name has over 32 parts$/);
});

test.run();
