import { readFileSync } from 'node:fs';
import type { EnvironmentFacts, LayerContext } from '@roundtrip/environment';
import { formatProblems } from '@roundtrip/problem';
import { evaluateConditions, parseTemplate, resolveParameters } from '@roundtrip/template';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import layer from './layer.ts';
import { databaseConfig, type DatabaseConfig } from './src/database-config.ts';

type Section = v.InferInput<typeof databaseConfig>;

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

function contextOf(section: Section, protect: boolean): LayerContext<DatabaseConfig> {
  const environment: EnvironmentFacts = {
    name: 'stage',
    cloud: 'local',
    account: '111111111111',
    region: 'eu-west-1',
    owner: 'platform-team',
    tags: {},
    protect,
  };
  return {
    config: v.parse(databaseConfig, section),
    environment,
    readFile: read,
    listFiles: () => [],
    placeOf: (path) => ({ file: 'envs/stage.yaml', line: 30 + path.length, column: 3 }),
    pathOf: (file) => `packages/data/${file}`,
  };
}

const complaints = (section: Section, protect = false) =>
  formatProblems(layer.check?.(contextOf(section, protect)) ?? []);

function stackOf(section: Section, protect = false) {
  const stack = layer.stacks(contextOf(section, protect))[0];
  assert.ok(stack);
  return stack;
}

/** Logical ids of the resources that come out of the stack's parameters. */
function resourcesOf(section: Section, protect = false): string[] {
  const stack = stackOf(section, protect);
  const { template } = parseTemplate(read(stack.template), stack.template);
  const fromNetwork: Record<string, string> = {
    VpcId: 'vpc-0123456789abcdef0',
    SubnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
    ClientPrefixListId: 'pl-0123456789abcdef0',
  };
  const given = Object.entries(stack.parameters).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : fromNetwork[name],
  ]);
  const { values, problems } = resolveParameters(template, Object.fromEntries(given) as Record<string, string>);
  assert.equal(problems, []);
  const conditions = evaluateConditions(template, { parameters: values, pseudo: {} });
  return Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || conditions[Condition])
    .map(([id]) => id);
}

test('the two templates differ in the policies of the key and the database alone', () => {
  const [disposable, kept] = ['templates/database.yaml', 'templates/database-kept.yaml'].map((path) =>
    read(path).split('\n'),
  );
  const differences = (disposable ?? []).flatMap((line, index) =>
    line === kept?.[index] ? [] : [`${line.trim()} → ${kept?.[index]?.trim()}`],
  );
  assert.equal(differences, [
    'DeletionPolicy: Delete → DeletionPolicy: RetainExceptOnCreate',
    'UpdateReplacePolicy: Delete → UpdateReplacePolicy: Retain',
    'DeletionPolicy: Delete → DeletionPolicy: Snapshot',
    'UpdateReplacePolicy: Delete → UpdateReplacePolicy: Snapshot',
  ]);
  assert.is(disposable?.length, kept?.length);
});

test('where data lives, both templates say what becomes of it', () => {
  const policies = (path: string) => {
    const { Resources } = parseTemplate(read(path), path).template;
    return ['Key', 'Database'].map((id) => `${Resources[id]?.DeletionPolicy} ${Resources[id]?.UpdateReplacePolicy}`);
  };
  assert.equal(policies('templates/database.yaml'), ['Delete Delete', 'Delete Delete']);
  assert.equal(policies('templates/database-kept.yaml'), ['RetainExceptOnCreate Retain', 'Snapshot Snapshot']);
});

test('the name of the database is fixed in both, so that no update can replace it', () => {
  for (const path of ['templates/database.yaml', 'templates/database-kept.yaml']) {
    const { Resources } = parseTemplate(read(path), path).template;
    assert.equal(Resources['Database']?.Properties?.['DBInstanceIdentifier'], { Ref: 'AWS::StackName' });
  }
});

test('a database of an unprotected environment leaves nothing behind', () => {
  const { template, parameters } = stackOf({});
  assert.is(template, 'templates/database.yaml');
  assert.is(parameters['DeletionProtection'], 'false');
  assert.is(parameters['DeleteAutomatedBackups'], 'true');
  assert.is(parameters['KeyPendingWindowDays'], '7');
});

test('a database of a protected environment refuses its deletion and would leave a snapshot', () => {
  const { template, parameters } = stackOf({}, true);
  assert.is(template, 'templates/database-kept.yaml');
  assert.is(parameters['DeletionProtection'], 'true');
  assert.is(parameters['DeleteAutomatedBackups'], 'false');
});

test('a final snapshot that the file asks for outlives the protection', () => {
  assert.is(stackOf({ finalSnapshot: true }).template, 'templates/database-kept.yaml');
});

test('taking the protection off changes properties too, so that CloudFormation has an update to make', () => {
  const [on, off] = [true, false].map((protect) => stackOf({}, protect).parameters);
  const changed = Object.keys(on ?? {}).filter((name) => JSON.stringify(on?.[name]) !== JSON.stringify(off?.[name]));
  assert.equal(changed, ['DeletionProtection', 'DeleteAutomatedBackups']);
});

test('monitoring has a role only where it is on', () => {
  assert.not.ok(resourcesOf({}).includes('MonitoringRole'));
  assert.ok(resourcesOf({ monitoringIntervalSeconds: 60 }, true).includes('MonitoringRole'));
});

test('an address for alarms is subscribed only where there is one', () => {
  assert.not.ok(resourcesOf({}).includes('AlarmSubscription'));
  assert.ok(resourcesOf({ alarmEmail: 'platform@example.com' }).includes('AlarmSubscription'));
});

test('the parameter group follows the version', () => {
  assert.is(stackOf({ engineVersion: '16.4' }).parameters['ParameterGroupFamily'], 'postgres16');
});

test('alarms are given in the units that CloudWatch counts in', () => {
  const { parameters } = stackOf({
    storageGb: 100,
    maxStorageGb: 200,
    alarmFreeStoragePercent: 10,
    alarmFreeMemoryMb: 128,
  });
  assert.is(parameters['FreeStorageBytes'], '10737418240');
  assert.is(parameters['FreeMemoryBytes'], '134217728');
});

test('storage beyond 500 GB needs the file to say so', () => {
  assert.equal(layer.limits, { storageGb: 500, maxStorageGb: 1000 });
});

test('a storage that could not grow as the file says is refused', () => {
  assert.is(
    complaints({ storageGb: 200 }),
    `envs/stage.yaml:31:3: data.maxStorageGb is 100, less than data.storageGb (200)
  next: write 220 or more, or 200 so that the storage does not grow`,
  );
  assert.is(
    complaints({ storageGb: 100, maxStorageGb: 105 }),
    `envs/stage.yaml:31:3: data.maxStorageGb is 105, too near to data.storageGb (100)
  why: RDS grows a storage by a tenth at least
  next: write 110 or more, or 100 so that the storage does not grow`,
  );
  assert.is(complaints({ storageGb: 100, maxStorageGb: 100 }), '');
});

test('a user that RDS keeps to itself is refused', () => {
  assert.is(
    complaints({ masterUser: 'rdsadmin' }),
    `envs/stage.yaml:31:3: data.masterUser is "rdsadmin", a name that PostgreSQL on RDS keeps to itself
  next: choose another name, such as platform`,
  );
});

test('a database that would stop the teardown half-way is refused', () => {
  assert.is(
    complaints({ deletionProtection: true }),
    `envs/stage.yaml:31:3: data.deletionProtection is true in an environment that may be destroyed
  why: RDS would refuse half-way through the teardown
  next: take it out, or write "protect: true" at the top of the file`,
  );
  assert.is(complaints({ deletionProtection: true }, true), '');
});

test('a protected environment keeps a snapshot and backups', () => {
  assert.is(
    complaints({ finalSnapshot: false, backupRetentionDays: 0 }, true),
    `envs/stage.yaml:31:3: data.finalSnapshot is false in a protected environment
  why: one wrong delete would take the data with it
  next: take it out, or write "protect: false" at the top of the file
envs/stage.yaml:31:3: data.backupRetentionDays is 0 in a protected environment, so there are no backups
  next: write 1 to 35`,
  );
});

test.run();
