import type { ContinueUpdateRollbackInput, CreateStackInput, DeleteStackInput } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { ServiceError } from '../../world.ts';
import { parameter, template } from './test-cloud.ts';
import type { TestCloud } from './test-cloud.ts';

const RESOURCES_MAX = 12;
const WAIT_SECONDS = 300;

/** One resource of a template: `R<at>`, a parameter. */
interface Wish {
  readonly value: string;
  /** A name with the value in it makes a change of the value a replacement. */
  readonly isNamed: boolean;
  readonly policy: string | undefined;
}

/** What a template has: `R<at>` for each wish whose needs are there, and a wait condition behind the first. */
interface Plan {
  readonly wishes: readonly (Wish | undefined)[];
  /** What goes wrong with some of them. */
  readonly faults: readonly { readonly at: number; readonly kind: string }[];
  readonly waits: boolean;
}

/** Resource `from` needs `to`, which stands before it, in every template. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly by: 'DependsOn' | 'Ref';
}

export type Step =
  | Plain
  | { readonly op: 'create' | 'update' | 'createSet' | 'updateSet'; readonly plan: Plan; readonly failure: Failure }
  /** What the state of the stack calls for. */
  | { readonly op: 'wayOut'; readonly choice: number }
  | { readonly op: 'signal'; readonly status: 'SUCCESS' | 'FAILURE' }
  | { readonly op: 'pass'; readonly seconds: number };

interface Plain {
  readonly op: 'delete' | 'force' | 'cancel' | 'continue' | 'skip' | 'rollback' | 'executeSet' | 'deleteSet';
}

type Failure = 'ROLLBACK' | 'DO_NOTHING' | 'DELETE';

/** Things that are asked for one after the other, of stacks whose resources always hang together in the same way. */
export interface History {
  readonly edges: readonly Edge[];
  readonly steps: readonly Step[];
}

const wish: fc.Arbitrary<Wish> = fc.record({
  value: fc.constantFrom('1', '2', '3'),
  isNamed: fc.boolean(),
  policy: fc.option(fc.constantFrom('Retain', 'RetainExceptOnCreate', 'Delete'), { nil: undefined, freq: 2 }),
});
const plan: fc.Arbitrary<Plan> = fc.record({
  wishes: fc.array(fc.option(wish, { nil: undefined, freq: 6 }), { minLength: 1, maxLength: RESOURCES_MAX }),
  faults: fc.oneof(
    fc.constant([]),
    fc.array(
      fc.record({
        at: fc.nat(RESOURCES_MAX - 1),
        kind: fc.constantFrom('FailCreate', 'FailUpdate', 'FailUpdate', 'FailUpdate', 'FailDelete'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  ),
  waits: fc.nat(5).map((chance) => chance === 0),
});
const edge: fc.Arbitrary<Edge> = fc
  .record({
    one: fc.nat(RESOURCES_MAX - 1),
    other: fc.nat(RESOURCES_MAX - 1),
    by: fc.constantFrom('DependsOn' as const, 'Ref' as const),
  })
  .filter(({ one, other }) => one !== other)
  .map(({ one, other, by }) => ({ from: Math.max(one, other), to: Math.min(one, other), by }));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constantFrom('create' as const, 'update' as const, 'update' as const, 'createSet', 'updateSet'),
      ...{ plan, failure: fc.constantFrom('ROLLBACK' as const, 'ROLLBACK' as const, 'DO_NOTHING', 'DELETE') },
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constantFrom(
        ...(['delete', 'force', 'cancel', 'continue', 'skip', 'rollback'] as const),
        ...(['executeSet', 'executeSet', 'executeSet', 'deleteSet'] as const),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('wayOut' as const), choice: fc.nat(11) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('signal' as const),
      status: fc.constantFrom('SUCCESS' as const, 'SUCCESS' as const, 'FAILURE'),
    }),
  },
);
/** In the middle of things, or after them. */
const pass: fc.Arbitrary<Step> = fc.record({
  op: fc.constant('pass' as const),
  seconds: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(WAIT_SECONDS)),
});
const standing: fc.Arbitrary<Step[]> = fc
  .record({
    plan: plan.map((one) => ({ ...one, waits: false })),
    failure: fc.constantFrom('DO_NOTHING' as const, 'ROLLBACK' as const),
    ...{ bySet: fc.boolean(), isAtRest: fc.boolean() },
  })
  .map(({ plan: wanted, failure, bySet, isAtRest }) => [
    { op: bySet ? 'createSet' : 'create', plan: wanted, failure },
    ...(bySet ? ([{ op: 'pass', seconds: 2 }, { op: 'executeSet' }] as const) : []),
    ...(isAtRest ? [{ op: 'pass' as const, seconds: WAIT_SECONDS }] : []),
  ]);

export const histories: fc.Arbitrary<History> = fc.record({
  edges: fc.array(edge, { maxLength: 14 }),
  steps: fc
    .tuple(standing, fc.array(fc.tuple(step, pass), { minLength: 3, maxLength: 16, size: 'large' }))
    .map(([first, others]) => [...first, ...others.flat()]),
});

/** The wait condition of a template; it needs `R0`. */
export const WAIT = 'Wait';
const WAITING = {
  Type: 'AWS::CloudFormation::WaitCondition',
  CreationPolicy: { ResourceSignal: { Count: 1, Timeout: `PT${WAIT_SECONDS}S` } },
  DependsOn: 'R0',
};
const STACK = { StackName: 'app' };
const SET = { ...STACK, ChangeSetName: 'set' };

/** Refusals are answers; anything else that is thrown is a defect. */
export function take(cloud: TestCloud, edges: readonly Edge[], one: Step): void {
  try {
    if (one.op === 'pass') cloud.pass(one.seconds);
    else if (one.op === 'wayOut') takeWayOut(cloud, edges, one.choice);
    else cloud.call(...requestOf(edges, one));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}

const WAYS_OUT: Readonly<Record<string, readonly Plain['op'][]>> = {
  CREATE_FAILED: ['rollback', 'delete'],
  UPDATE_FAILED: ['rollback', 'delete'],
  UPDATE_IN_PROGRESS: ['cancel'],
  ROLLBACK_IN_PROGRESS: ['delete'],
  ROLLBACK_COMPLETE: ['delete'],
  ROLLBACK_FAILED: ['delete', 'force'],
  UPDATE_ROLLBACK_FAILED: ['continue', 'skip', 'continue', 'skip', 'delete', 'force'],
  DELETE_FAILED: ['delete', 'force'],
};

function takeWayOut(cloud: TestCloud, edges: readonly Edge[], choice: number): void {
  const ways = WAYS_OUT[cloud.stack('app').StackStatus ?? ''] ?? [];
  const op = ways[choice % ways.length];
  if (op !== undefined) cloud.call(...requestOf(edges, { op }));
}

function requestOf(
  edges: readonly Edge[],
  one: Exclude<Step, { op: 'pass' | 'wayOut' }>,
): [operation: string, input: object] {
  switch (one.op) {
    case 'create':
    case 'update':
    case 'createSet':
    case 'updateSet':
      return making(edges, one);
    case 'delete':
      return ['DeleteStack', STACK];
    case 'force':
      return ['DeleteStack', { ...STACK, DeletionMode: 'FORCE_DELETE_STACK' } satisfies DeleteStackInput];
    case 'cancel':
      return ['CancelUpdateStack', STACK];
    case 'continue':
      return ['ContinueUpdateRollback', STACK];
    case 'skip':
      return ['ContinueUpdateRollback', { ...STACK, ResourcesToSkip: ['R0'] } satisfies ContinueUpdateRollbackInput];
    case 'rollback':
      return ['RollbackStack', STACK];
    case 'executeSet':
      return ['ExecuteChangeSet', SET];
    case 'deleteSet':
      return ['DeleteChangeSet', SET];
    case 'signal':
      return ['SignalResource', { ...STACK, LogicalResourceId: WAIT, UniqueId: 'one', Status: one.status }];
  }
}

function making(
  edges: readonly Edge[],
  { op, plan: wanted, failure }: Extract<Step, { plan: Plan }>,
): [operation: string, input: object] {
  const TemplateBody = JSON.stringify(bodyOf(edges, wanted));
  const DisableRollback = failure === 'DO_NOTHING';
  if (op === 'create') {
    return ['CreateStack', { ...STACK, TemplateBody, OnFailure: failure } satisfies CreateStackInput];
  }
  if (op === 'update') return ['UpdateStack', { ...STACK, TemplateBody, DisableRollback }];
  const ChangeSetType = op === 'createSet' ? 'CREATE' : 'UPDATE';
  return ['CreateChangeSet', { ...SET, TemplateBody, ChangeSetType, OnStackFailure: failure }];
}

/** What something else needs and is not there takes that along, so that an edge holds in every template with its end. */
function bodyOf(edges: readonly Edge[], { wishes, faults, waits }: Plan): object {
  const resources: Record<string, object> = {};
  wishes.forEach((one, at) => {
    const needs = edges.filter(({ from }) => from === at);
    if (one === undefined || needs.some(({ to }) => resources[`R${to}`] === undefined)) return;
    const hints = Object.fromEntries(
      faults.flatMap((fault) => (fault.at % wishes.length === at ? [[fault.kind, 'as asked']] : [])),
    );
    resources[`R${at}`] = resourceOf({ ...one, at, hints, needs });
  });
  if (resources['R0'] === undefined) return template({ Other: parameter('0'), ...resources });
  return template(waits ? { ...resources, [WAIT]: WAITING } : resources);
}

interface Wanted extends Wish {
  readonly at: number;
  readonly hints: object;
  readonly needs: readonly Edge[];
}

function resourceOf({ value, isNamed, policy, at, hints, needs }: Wanted): object {
  const namesBy = (kind: Edge['by']) => [...new Set(needs.filter(({ by }) => by === kind).map(({ to }) => `R${to}`))];
  const resource = parameter(value, hints) as { Properties: Record<string, unknown> };
  const refs = namesBy('Ref').map((Ref) => ({ Ref }));
  return {
    ...resource,
    Properties: {
      ...resource.Properties,
      Value: { 'Fn::Join': [' ', [value, ...refs]] },
      ...(isNamed ? { Name: `/r${at}/${value}` } : {}),
    },
    DependsOn: namesBy('DependsOn'),
    ...(policy ? { DeletionPolicy: policy } : {}),
  };
}
