import type { DesiredStack, Step, StepKind } from '@roundtrip/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withMayChange } from './may-change.ts';

function step(stack: string, kind: StepKind, reads: Record<string, string> = {}): Step {
  const parameters = Object.fromEntries(
    Object.entries(reads).map(([output, from]) => [output, { stack: from, output }] as const),
  );
  const desired: DesiredStack = {
    name: stack,
    layer: 'x',
    templateFile: 'packages/x/templates/x.yaml',
    templateBody: '',
    parameters,
    capabilities: [],
    tags: {},
    terminationProtection: false,
    dependsOn: [],
  };
  return { stack, layer: 'x', kind, reason: 'as planned', dependsOn: [], desired };
}

const lines = (steps: readonly Step[]): string[] => steps.map((one) => `${one.stack} ${one.kind}: ${one.reason}`);

test('a stack that reads an output of one that changes may change too, and so may its readers', () => {
  const steps = [
    step('prod-cluster', 'update'),
    step('prod-a', 'skip', { ListenerArn: 'prod-cluster' }),
    step('prod-b', 'skip', { Url: 'prod-a' }),
    step('prod-c', 'skip', { VpcId: 'prod-network' }),
  ];
  assert.equal(lines(withMayChange(steps, () => true)), [
    'prod-cluster update: as planned',
    'prod-a update: may change: reads ListenerArn of prod-cluster, which changes first',
    'prod-b update: may change: reads Url of prod-a, which changes first',
    'prod-c skip: as planned',
  ]);
});

test('a reader of an output that stays what it is does not change', () => {
  const steps = [step('prod-a', 'update'), step('prod-b', 'skip', { Url: 'prod-a' })];
  assert.equal(
    withMayChange(steps, (_, output) => output !== 'Url'),
    steps,
  );
});

test('what is planned otherwise stays as it is', () => {
  const steps = [step('a', 'delete'), step('b', 'skip', { X: 'a' }), step('c', 'refuse', { X: 'b' })];
  assert.equal(
    withMayChange(steps, () => true),
    steps,
  );
});

test.run();
