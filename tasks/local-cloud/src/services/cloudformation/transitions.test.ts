import type { DescribeStackResourcesOutput, StackEvent } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RESOURCE_TRANSITIONS, STACK_TRANSITIONS } from '../../testing/stack-transitions.ts';
import type { Transitions } from '../../testing/stack-transitions.ts';
import { TestCloud } from './test-cloud.ts';
import { eventsOf, isOwn, stacksOf } from './test-events.ts';
import { histories, take, WAIT } from './test-histories.ts';
import type { Edge } from './test-histories.ts';

/** Twelve resources in a chain, each waited for by a signal and taken away in three attempts, take less. */
const OPERATION_MS_MAX = 20 * 60_000;

test('whatever is asked in whatever order, stacks and resources keep to their tables and every operation ends', () => {
  fc.assert(
    fc.property(histories, ({ edges, steps }) => {
      const cloud = new TestCloud();
      const seen = new Map<string, string[]>();
      for (const step of steps) {
        take(cloud, edges, step);
        checkNothingLost(cloud, seen);
      }
      cloud.pass(OPERATION_MS_MAX / 1000);
      checkNothingLost(cloud, seen);
      for (const { id, status } of stacksOf(cloud)) {
        const events = eventsOf(cloud, id);
        checkTransitions(events, status);
        checkTimes(events);
        checkOrder(events, edges);
        checkResources(cloud, id, status);
      }
      checkOwners(cloud);
    }),
    { numRuns: 250, seed: 20_260_105, includeErrorInReport: true },
  );
});

for (const [title, transitions] of [
  ['Stack states', STACK_TRANSITIONS],
  ['Resource states', RESOURCE_TRANSITIONS],
] as const) {
  test(`the tables that histories are held to are those of SPEC.md: ${title}`, () => {
    const spec = readFileSync(new URL('../../../src/services/cloudformation/SPEC.md', import.meta.url), 'utf8');
    assert.equal(sorted(tableIn(spec, title)), sorted(transitions));
  });
}

/** What has once been an event is one for ever, in its place. */
function checkNothingLost(cloud: TestCloud, seen: Map<string, string[]>): void {
  for (const { id } of stacksOf(cloud)) {
    const ids = eventsOf(cloud, id).map(({ EventId }) => EventId ?? '');
    const before = seen.get(id) ?? [];
    assert.equal(ids.slice(0, before.length), before);
    assert.is(new Set(ids).size, ids.length, 'no id comes twice');
    seen.set(id, ids);
  }
}

function checkTransitions(events: readonly StackEvent[], status: string): void {
  const last = new Map<string, string>();
  for (const event of events) {
    const { LogicalResourceId: id = '', ResourceStatus: next = '' } = event;
    const key = isOwn(event) ? 'the stack' : id;
    const transitions: Transitions<string> = isOwn(event) ? STACK_TRANSITIONS : RESOURCE_TRANSITIONS;
    const from = last.get(key) ?? '(none)';
    assert.ok(transitions[from]?.includes(next), `${key}: ${from} → ${next}`);
    last.set(key, next);
  }
  assert.is(last.get('the stack'), status);
}

function checkTimes(events: readonly StackEvent[]): void {
  let before = 0;
  let beganAt: number | undefined;
  for (const event of events) {
    const at = event.Timestamp?.getTime() ?? 0;
    assert.ok(at >= before, 'no event is older than the one before it');
    before = at;
    if (!isOwn(event)) continue;
    const isOver = !isBusy(event.ResourceStatus);
    beganAt ??= isOver ? undefined : at;
    assert.ok(at - (beganAt ?? at) <= OPERATION_MS_MAX, `${event.ResourceStatus} after ${at - (beganAt ?? at)} ms`);
    if (isOver) beganAt = undefined;
  }
}

/** Nobody is asked to do anything about a stack in review. */
function isBusy(status = ''): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}

/** In the phases that make, what is needed is done before what needs it begins; in those that delete, the other way round. */
function checkOrder(events: readonly StackEvent[], edges: readonly Edge[]): void {
  const pairs = [...edges.map(({ from, to }) => [`R${from}`, `R${to}`] as const), [WAIT, 'R0'] as const];
  let last = new Map<string, string>();
  let phase = '';
  for (const event of events) {
    const { LogicalResourceId: id = '', ResourceStatus: status = '' } = event;
    if (isOwn(event)) {
      phase = status;
      last = new Map();
      continue;
    }
    const isFirst = !last.has(id);
    last.set(id, status);
    if (!isFirst) continue;
    const isMaking = ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS'].includes(phase);
    const isDeleting = ['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'].includes(phase);
    if (!isMaking && !isDeleting) continue;
    for (const [later, earlier] of pairs) {
      const [first, second] = isMaking ? [earlier, later] : [later, earlier];
      const before = last.get(first);
      if (id === second && before !== undefined) {
        assert.match(before, /_COMPLETE$|_SKIPPED$/, `${phase}: ${second} begins while ${first} is ${before}`);
      }
      if (id === first) assert.is(last.get(second), undefined, `${phase}: ${second} has begun before ${first}`);
    }
  }
}

function checkResources(cloud: TestCloud, id: string, stackStatus: string): void {
  assert.not(isBusy(stackStatus), `${stackStatus} ends`);
  const { StackResources = [] } = cloud.call<DescribeStackResourcesOutput>('DescribeStackResources', { StackName: id });
  for (const { LogicalResourceId, ResourceStatus = '' } of StackResources) {
    assert.not.match(ResourceStatus, /_IN_PROGRESS$/, `${LogicalResourceId} of ${stackStatus}`);
  }
}

/** Where nothing has failed halfway, what belongs to a stack is what the stack knows of. */
function checkOwners(cloud: TestCloud): void {
  const stacks = stacksOf(cloud);
  if (!stacks.every(({ status }) => status.endsWith('_COMPLETE'))) return;
  const owned = new Set<string>();
  for (const { id } of stacks) {
    const { StackResources = [] } = cloud.call<DescribeStackResourcesOutput>('DescribeStackResources', {
      StackName: id,
    });
    for (const { PhysicalResourceId, ResourceStatus = '' } of StackResources) {
      if (!/^DELETE_(COMPLETE|SKIPPED)$/.test(ResourceStatus)) owned.add(PhysicalResourceId ?? '');
    }
  }
  for (const { ref, stackId, logicalId } of cloud.resources()) {
    if (stackId !== undefined) assert.ok(owned.has(ref), `${logicalId} ${ref} belongs to nobody`);
  }
}

type Table = Readonly<Record<string, readonly string[]>>;

/** The table under a heading: the cells `from` and `to`, of which an empty `from` is that of the row above. */
function tableIn(spec: string, title: string): Table {
  const [section = ''] = (spec.split(`## ${title}\n`)[1] ?? '').split('\n## ');
  const rows = section.split('\n').flatMap((line) => (line.startsWith('| ') ? [line.split('|').slice(1, 3)] : []));
  const table: Record<string, string[]> = {};
  let above: string[] = [];
  for (const [from = '', to = ''] of rows.slice(2)) {
    if (from.trim() !== '') above = namesIn(from).flatMap((one) => (one === 'any state at rest' ? AT_REST : [one]));
    for (const one of above) table[one] = [...(table[one] ?? []), ...namesIn(to)];
  }
  return table;
}

const AT_REST = Object.keys(STACK_TRANSITIONS).filter((one) => /_(COMPLETE|FAILED)$/.test(one));

function namesIn(cell: string): string[] {
  return cell.split(',').map((one) => one.trim());
}

function sorted(table: Transitions<string>): Table {
  const entries = Object.entries(table).map(([from, to = []]) => [from, [...new Set(to)].toSorted()] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b)));
}

test.run();
