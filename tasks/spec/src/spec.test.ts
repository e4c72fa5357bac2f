import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '@roundtrip/problem';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cutSpec } from './cut-spec.ts';
import { STAMP_FILE } from './data-files.ts';
import { openSpec } from './spec-data.ts';

const test = suite<{ folder: string }>('spec');

test.before(async (context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'roundtrip-spec-'));
  assert.ok((await cutSpec(context.folder)) > 1500);
});

test.after(({ folder }) => rmSync(folder, { recursive: true }));

test('a type has its properties, attributes, identifiers and what replaces it', ({ folder }) => {
  const vpc = openSpec(folder).resourceType('AWS::EC2::VPC');
  assert.equal(vpc?.properties['CidrBlock'], { type: { type: 'string' }, causesReplacement: 'yes' });
  assert.equal(vpc?.properties['EnableDnsSupport'], { type: { type: 'boolean' } });
  assert.equal(vpc?.attributes['DefaultSecurityGroup'], { type: 'string' });
  assert.equal(vpc?.primaryIdentifier, ['VpcId']);
  assert.equal(vpc?.tagProperty, 'Tags');
  assert.equal(vpc?.arnTemplate, 'arn:${Partition}:ec2:${Region}:${Account}:vpc/${VpcId}');
});

test('what Ref gives is kept where it is not the primary identifier', ({ folder }) => {
  const service = openSpec(folder).resourceType('AWS::ECS::Service');
  assert.equal(service?.primaryIdentifier, ['ServiceArn', 'Cluster']);
  assert.equal(service?.refIdentifier, ['ServiceArn']);
});

test('shapes inside of properties are there by name, to any depth, and required properties are marked', ({
  folder,
}) => {
  const taskDefinition = openSpec(folder).resourceType('AWS::ECS::TaskDefinition');
  assert.equal(taskDefinition?.properties['ContainerDefinitions']?.type, {
    type: 'array',
    element: { type: 'ref', definition: 'ContainerDefinition' },
  });
  const container = taskDefinition?.definitions['ContainerDefinition'];
  assert.equal(container?.['Image']?.required, true);
  assert.equal(container?.['HealthCheck']?.type, { type: 'ref', definition: 'HealthCheck' });
  assert.equal(taskDefinition?.definitions['HealthCheck']?.['Interval']?.type, { type: 'integer' });
});

test('every definition that is referred to is there', ({ folder }) => {
  const spec = openSpec(folder);
  for (const name of spec.resourceTypeNames()) {
    const type = spec.resourceType(name);
    assert.ok(type, name);
    for (const match of JSON.stringify(type).matchAll(/"type":"ref","definition":"([^"]+)"/g)) {
      assert.ok(type.definitions[match[1] ?? ''], `${name} ${match[1]}`);
    }
  }
});

test('a type that AWS does not publish is undefined', ({ folder }) => {
  assert.is(openSpec(folder).resourceType('AWS::EC2::Vpc'), undefined);
  assert.is(openSpec(folder).resourceType('constructor'), undefined);
});

test('a second cut has nothing to do, and another version is cut again', async ({ folder }) => {
  assert.is(await cutSpec(folder), 0);
  const path = join(folder, STAMP_FILE);
  const stamp = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...stamp, version: 'another' }));
  assert.ok((await cutSpec(folder)) > 1500);
});

test('without the cut files the problem says what to type', () => {
  try {
    openSpec(join(tmpdir(), 'roundtrip-no-such-folder')).resourceType('AWS::EC2::VPC');
    assert.unreachable();
  } catch (error) {
    assert.instance(error, ProblemError);
    assert.is(
      (error as ProblemError).message,
      'the specification of the AWS resource types is not there\n' +
        '  why: it is cut from @aws-cdk/aws-service-spec once, at set-up, and that has not happened or not finished\n' +
        '  next: make setup',
    );
  }
});

test.run();
