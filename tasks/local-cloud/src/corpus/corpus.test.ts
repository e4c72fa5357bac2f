import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { failureOf } from '../testing/test-cloud.ts';
import { certainNeeds } from './certain-needs.ts';
import { corpusTemplates } from './corpus-template.ts';
import type { CorpusTemplate } from './corpus-template.ts';
import { createdTooEarly, deletedTooEarly } from './event-order.ts';
import { StackLife } from './stack-life.ts';

const all = corpusTemplates();
const ended: string[] = [];

for (const one of all) {
  test(`${one.name} is created, described, updated and deleted`, async () => {
    const life = new StackLife();
    const before = await standingBefore(life, one);
    const stackId = await created(life, one);
    await updated(life, one, stackId);
    await deleted(life, one, stackId);
    for (const other of before.reverse()) {
      await life.delete(other);
      assert.is(await life.rest(other), 'DELETE_COMPLETE');
    }
    assert.equal(await life.left(), one.kept, 'what is left');
    assert.equal(life.cloud.defects, []);
    ended.push(one.name);
  });
}

async function standingBefore(life: StackLife, { after }: CorpusTemplate): Promise<string[]> {
  const stackIds: string[] = [];
  for (const name of after) {
    const other = all.find((one) => one.name === name);
    assert.ok(other, `there is no template ${name}`);
    const stackId = await life.create(other);
    assert.is(await life.rest(stackId), 'CREATE_COMPLETE');
    stackIds.push(stackId);
  }
  return stackIds;
}

async function created(life: StackLife, one: CorpusTemplate): Promise<string> {
  const stackId = await life.create(one);
  const status = await life.rest(stackId);
  const events = await life.events(stackId);
  assert.is(status, 'CREATE_COMPLETE', failures(events));
  assert.equal(createdTooEarly(events, certainNeeds(one.template)), []);
  for (const resource of await life.resources(stackId)) {
    assert.is(resource.ResourceStatus, 'CREATE_COMPLETE', resource.LogicalResourceId);
    assert.ok(resource.PhysicalResourceId, resource.LogicalResourceId);
  }
  const { Outputs = [] } = await life.describe(stackId);
  const declared = Object.entries(one.template.Outputs ?? {}).filter(([, { Condition }]) => Condition === undefined);
  for (const [name] of declared) {
    const output = Outputs.find(({ OutputKey }) => OutputKey === name);
    assert.type(output?.OutputValue, 'string', `output ${name}`);
    assert.not.match(output?.OutputValue ?? '', /undefined|\[object|\$\{|^$/, `output ${name}`);
  }
  return stackId;
}

async function updated(life: StackLife, one: CorpusTemplate, stackId: string): Promise<void> {
  const before = await physicalIds(life, stackId);
  await life.update(stackId, one);
  const status = await life.rest(stackId);
  assert.is(status, 'UPDATE_COMPLETE', failures(await life.events(stackId)));
  const after = await physicalIds(life, stackId);
  const replaced = [...before].filter(([name, id]) => after.has(name) && after.get(name) !== id).map(([name]) => name);
  assert.equal(replaced.sort(), [...one.replaced].sort(), 'what the update replaces');
  assert.equal(await failureOf(life.update(stackId, one)), {
    name: 'ValidationError',
    message: 'No updates are to be performed.',
    status: 400,
  });
}

async function deleted(life: StackLife, one: CorpusTemplate, stackId: string): Promise<void> {
  const before = (await life.events(stackId)).length;
  await life.delete(stackId);
  const status = await life.rest(stackId);
  const events = await life.events(stackId);
  assert.is(status, 'DELETE_COMPLETE', failures(events));
  assert.equal(deletedTooEarly(events.slice(before), certainNeeds(one.template)), []);
}

async function physicalIds(life: StackLife, stackId: string): Promise<Map<string, string>> {
  const resources = await life.resources(stackId);
  const there = resources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
  return new Map(there.map((one) => [one.LogicalResourceId ?? '', one.PhysicalResourceId ?? '']));
}

function failures(events: readonly StackEvent[]): string {
  return events
    .filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'))
    .map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}: ${event.ResourceStatusReason}`)
    .join('\n');
}

test.after(() => {
  process.stdout.write(`corpus: ${ended.length} templates created, described, updated and deleted\n`);
});

test.run();
