import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ServiceError } from '../../world.ts';
import { TestCloud, parameter, template } from './test-cloud.ts';

/** The table of SPEC.md: what may follow what, as the stack's own events show it. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  CREATE_IN_PROGRESS: ['CREATE_COMPLETE', 'ROLLBACK_IN_PROGRESS', 'CREATE_FAILED', 'DELETE_IN_PROGRESS'],
  CREATE_COMPLETE: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  CREATE_FAILED: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'],
  ROLLBACK_IN_PROGRESS: ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_IN_PROGRESS'],
  ROLLBACK_COMPLETE: ['DELETE_IN_PROGRESS'],
  ROLLBACK_FAILED: ['DELETE_IN_PROGRESS'],
  UPDATE_IN_PROGRESS: ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_FAILED'],
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: ['UPDATE_COMPLETE'],
  UPDATE_COMPLETE: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  UPDATE_FAILED: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'],
  UPDATE_ROLLBACK_IN_PROGRESS: ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: ['UPDATE_ROLLBACK_COMPLETE'],
  UPDATE_ROLLBACK_COMPLETE: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  UPDATE_ROLLBACK_FAILED: ['UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  DELETE_IN_PROGRESS: ['DELETE_COMPLETE', 'DELETE_FAILED'],
  DELETE_FAILED: ['DELETE_IN_PROGRESS'],
  DELETE_COMPLETE: [],
};

interface Wish {
  readonly value: string;
  readonly name: boolean;
  readonly needs: boolean;
  readonly fault: string | undefined;
  readonly policy: string | undefined;
}

const wish: fc.Arbitrary<Wish | undefined> = fc.option(
  fc.record({
    value: fc.constantFrom('1', '2', '3'),
    name: fc.boolean(),
    needs: fc.boolean(),
    fault: fc.option(fc.constantFrom('FailCreate', 'FailUpdate', 'FailDelete'), { nil: undefined, freq: 2 }),
    policy: fc.option(fc.constantFrom('Retain', 'RetainExceptOnCreate', 'Delete'), { nil: undefined, freq: 2 }),
  }),
  { nil: undefined },
);

const wishes = fc.array(wish, { minLength: 4, maxLength: 4 });

function bodyOf(list: readonly (Wish | undefined)[]): object {
  const there = list.flatMap((one, at) => (one ? [{ one, at }] : []));
  const resources = there.map(({ one, at }, index) => {
    const before = there[index - 1]?.at;
    const more = {
      ...(one.needs && before !== undefined ? { DependsOn: `R${before}` } : {}),
      ...(one.policy ? { DeletionPolicy: one.policy } : {}),
    };
    const resource = parameter(one.value, one.fault ? { [one.fault]: 'as asked' } : {}, more) as {
      Properties: Record<string, string>;
    };
    // A name with the value in it makes a change of the value a replacement.
    if (one.name) resource.Properties['Name'] = `/r${at}/${one.value}`;
    return [`R${at}`, resource] as const;
  });
  return template(Object.fromEntries(resources.length > 0 ? resources : [['R0', parameter('0')]]));
}

const operation = fc.oneof(
  fc.record({ op: fc.constant('create' as const), wishes, disable: fc.boolean() }),
  fc.record({ op: fc.constant('update' as const), wishes, disable: fc.boolean() }),
  fc.record({ op: fc.constantFrom('delete', 'cancel', 'continue', 'rollback', 'skip', 'force') }),
  fc.record({ op: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
);

type Step = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Refusals are answers; anything else that is thrown is a defect. */
function take(cloud: TestCloud, step: Step): void {
  try {
    switch (step.op) {
      case 'create':
      case 'update': {
        const { wishes: list, disable } = step as { wishes: (Wish | undefined)[]; disable: boolean };
        const input = { StackName: 'app', TemplateBody: JSON.stringify(bodyOf(list)), DisableRollback: disable };
        cloud.call(step.op === 'create' ? 'CreateStack' : 'UpdateStack', input);
        break;
      }
      case 'pass':
        cloud.pass((step as { seconds: number }).seconds);
        break;
      case 'delete':
        cloud.call('DeleteStack', { StackName: 'app' });
        break;
      case 'force':
        cloud.call('DeleteStack', { StackName: 'app', DeletionMode: 'FORCE_DELETE_STACK' });
        break;
      case 'cancel':
        cloud.call('CancelUpdateStack', { StackName: 'app' });
        break;
      case 'rollback':
        cloud.call('RollbackStack', { StackName: 'app' });
        break;
      default:
        cloud.call('ContinueUpdateRollback', { StackName: 'app', ResourcesToSkip: step.op === 'skip' ? ['R0'] : [] });
    }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}

test('whatever is asked in whatever order, no stack leaves its table and every operation ends', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 2, maxLength: 14 }), (steps) => {
      const cloud = new TestCloud();
      cloud.create('app', bodyOf([{ value: '1', name: false, needs: false, fault: undefined, policy: undefined }]));
      for (const step of steps) take(cloud, step);
      cloud.pass(3600);
      checkStacks(cloud);
    }),
    { numRuns: 150, seed: 20_260_105 },
  );
});

function checkStacks(cloud: TestCloud): void {
  const { StackSummaries } = cloud.call<{ StackSummaries: { StackId: string; StackStatus: string }[] }>(
    'ListStacks',
    {},
  );
  const owned = new Set<string>();
  for (const { StackId, StackStatus } of StackSummaries) {
    assert.not.match(StackStatus, /_IN_PROGRESS$/, 'every operation ends');
    checkEvents(cloud, StackId, StackStatus);
    const shown = cloud.call<{
      StackResources: { LogicalResourceId: string; PhysicalResourceId?: string; ResourceStatus: string }[];
    }>('DescribeStackResources', { StackName: StackId });
    for (const resource of shown.StackResources) {
      assert.not.match(resource.ResourceStatus, /_IN_PROGRESS$/, `${resource.LogicalResourceId} of ${StackStatus}`);
      const isThere = !['DELETE_COMPLETE', 'DELETE_SKIPPED'].includes(resource.ResourceStatus);
      if (isThere && resource.PhysicalResourceId) owned.add(resource.PhysicalResourceId);
    }
  }
  const states = new Set(StackSummaries.map(({ StackStatus }) => StackStatus));
  const isSettled = [...states].every((status) => /_COMPLETE$/.test(status));
  // Where nothing has failed halfway, what belongs to a stack is what the stack knows of.
  if (!isSettled) return;
  for (const { ref, stackId, logicalId } of cloud.resources()) {
    if (stackId !== undefined) assert.ok(owned.has(ref), `${logicalId} ${ref} belongs to nobody`);
  }
}

function checkEvents(cloud: TestCloud, stackId: string, status: string): void {
  const own = cloud.events(stackId).flatMap((event) => (event.startsWith('app ') ? [event.split(' ')[1] ?? ''] : []));
  assert.is(own[0], 'CREATE_IN_PROGRESS');
  assert.is(own.at(-1), status);
  own.slice(1).forEach((next, at) => {
    const from = own[at] ?? '';
    assert.ok(FOLLOWS[from]?.includes(next), `${from} → ${next}`);
  });
}

test.run();
