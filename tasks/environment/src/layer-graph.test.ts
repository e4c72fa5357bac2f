import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { dependents, findRing, layerOrder, reverseLayerOrder, teardownEdges } from './layer-graph.ts';

const platform = [
  { name: 'destroy', dependsOn: ['cluster', 'data', 'network', 'services'] },
  { name: 'services', dependsOn: ['cluster', 'data', 'network'] },
  { name: 'cluster', dependsOn: ['network'] },
  { name: 'data', dependsOn: ['network'] },
  { name: 'network', dependsOn: [] },
];

test('every layer comes after what it depends on', () => {
  assert.equal(layerOrder(platform), ['network', 'cluster', 'data', 'services', 'destroy']);
});

test('a teardown goes the same way backwards', () => {
  assert.equal(reverseLayerOrder(platform), ['destroy', 'services', 'data', 'cluster', 'network']);
});

test('dependents are the graph with its arrows turned round', () => {
  assert.equal(dependents(platform), {
    destroy: [],
    services: ['destroy'],
    cluster: ['destroy', 'services'],
    data: ['destroy', 'services'],
    network: ['cluster', 'data', 'destroy', 'services'],
  });
});

test('teardown edges leave the sweeping layer out, because it depends on everything in both directions', () => {
  assert.equal(teardownEdges(platform), {
    destroy: [],
    services: [],
    cluster: ['services'],
    data: ['services'],
    network: ['cluster', 'data', 'services'],
  });
});

test('a graph without a ring has none to find', () => {
  assert.is(findRing(platform), undefined);
});

test('a ring is named from its first member back to it', () => {
  const ring = [
    { name: 'a', dependsOn: ['b'] },
    { name: 'b', dependsOn: ['c'] },
    { name: 'c', dependsOn: ['b'] },
  ];
  assert.equal(findRing(ring), ['b', 'c', 'b']);
  assert.equal(findRing([{ name: 'a', dependsOn: ['a'] }]), ['a', 'a']);
  assert.equal(layerOrder([...ring, { name: 'd', dependsOn: [] }]), ['d']);
});

test('names that are no layers do not hold a layer back', () => {
  assert.equal(layerOrder([{ name: 'a', dependsOn: ['elsewhere'] }]), ['a']);
});

test('in any graph without a ring the order holds every layer once, dependencies first', () => {
  const graphs = fc.array(fc.array(fc.nat(30), { maxLength: 5 }), { maxLength: 30 }).map((rows) =>
    rows.map((row, index) => ({
      name: `layer-${index}`,
      dependsOn: [...new Set(row.filter((other) => other < index).map((other) => `layer-${other}`))],
    })),
  );
  fc.assert(
    fc.property(graphs, (graph) => {
      const order = layerOrder(graph);
      assert.equal([...order].sort(), graph.map(({ name }) => name).sort());
      for (const { name, dependsOn } of graph) {
        for (const other of dependsOn) assert.ok(order.indexOf(other) < order.indexOf(name));
      }
      const edges = teardownEdges(graph);
      for (const { name, dependsOn } of graph) for (const other of dependsOn) assert.ok(edges[other]?.includes(name));
    }),
    { numRuns: 200 },
  );
});

test.run();
