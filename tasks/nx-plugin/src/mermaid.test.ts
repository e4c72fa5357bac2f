import * as assert from 'uvu/assert';
import { test } from 'uvu';
import { mermaid } from './mermaid.ts';

test('an arrow points from a layer to what is built upon it, and hyphens are kept out of the ids', () => {
  const layers = [
    { name: 'jenkins-bootstrap', dependsOn: ['network'] },
    { name: 'network', dependsOn: [] },
  ];
  assert.is(
    mermaid(layers),
    [
      'flowchart TD',
      '  layer_jenkins_bootstrap["jenkins-bootstrap"]',
      '  layer_network["network"]',
      '  layer_network --> layer_jenkins_bootstrap',
      '',
    ].join('\n'),
  );
});

test('an arrow that follows from a longer way is left out', () => {
  const layers = [
    { name: 'a', dependsOn: [] },
    { name: 'b', dependsOn: ['a'] },
    { name: 'c', dependsOn: ['b'] },
    { name: 'd', dependsOn: ['a', 'b', 'c'] },
  ];
  const arrows = mermaid(layers)
    .split('\n')
    .filter((line) => line.includes('-->'));
  assert.equal(arrows, ['  layer_a --> layer_b', '  layer_b --> layer_c', '  layer_c --> layer_d']);
});

test('a graph without layers is still a flowchart', () => {
  assert.is(mermaid([]), 'flowchart TD\n');
});

test.run();
