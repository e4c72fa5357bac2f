import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Step } from './plan.ts';
import { removalsLast } from './removals.ts';
import { desiredStack } from './test-run.ts';

const LAYERS = [
  { name: 'network', dependsOn: [] },
  { name: 'cluster', dependsOn: ['network'] },
  { name: 'services', dependsOn: ['cluster'] },
  { name: 'tools', dependsOn: [] },
];

function removal(layer: string, stack: string): Step {
  return { stack, layer, kind: 'delete', reason: 'no longer wanted', dependsOn: ['stage-other'] };
}

test('what is no longer wanted goes dependents first, also where a layer between has nothing to lose', () => {
  const wanted = { ...removal('network', 'stage-network'), kind: 'update' as const, desired: desiredStack('x') };
  const kept = { ...removal('services', 'stage-services-kept'), kind: 'skip' as const };
  const steps = new Map([
    ['network', [wanted, removal('network', 'stage-network-old')]],
    ['cluster', []],
    ['services', [removal('services', 'stage-services-a'), removal('services', 'stage-services-b'), kept]],
    ['tools', [removal('tools', 'stage-tools-old')]],
  ]);
  assert.equal(
    removalsLast(LAYERS, steps).map(({ stack, dependsOn }) => [stack, dependsOn]),
    [
      ['stage-network-old', ['stage-services-a', 'stage-services-b']],
      ['stage-services-a', []],
      ['stage-services-b', []],
      ['stage-tools-old', []],
    ],
  );
});

test.run();
