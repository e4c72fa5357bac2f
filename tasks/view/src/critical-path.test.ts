import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { criticalPath, type TimedStack } from './critical-path.ts';

const stack = (name: string, dependsOn: string[], startedAt: number, finishedAt: number): TimedStack => ({
  name,
  dependsOn,
  startedAt,
  finishedAt,
});

test('nothing has an empty critical path', () => {
  assert.equal(criticalPath([]), { stacks: [], ms: 0 });
});

test('the longest chain by durations, not by number of stacks', () => {
  const path = criticalPath([
    stack('network', [], 0, 100),
    stack('cluster', ['network'], 100, 200),
    stack('data', ['network'], 105, 500),
    stack('api', ['cluster', 'data'], 501, 561),
    stack('web', ['api'], 561, 571),
    stack('worker', ['cluster'], 200, 420),
  ]);
  assert.equal(path, { stacks: ['network', 'data', 'api', 'web'], ms: 100 + 395 + 60 + 10 });
});

test('waiting between two stacks of the chain does not count', () => {
  assert.equal(criticalPath([stack('a', [], 0, 10), stack('b', ['a'], 50, 60)]), { stacks: ['a', 'b'], ms: 20 });
});

test('a dependency that is not in the run is passed over', () => {
  assert.equal(criticalPath([stack('a', ['elsewhere'], 5, 10)]), { stacks: ['a'], ms: 5 });
});

test('of two equal chains the one given first is named', () => {
  assert.equal(criticalPath([stack('b', [], 0, 10), stack('a', [], 0, 10)]).stacks, ['b']);
});

test('a circle is a broken invariant', () => {
  assert.throws(
    () => criticalPath([stack('a', ['b'], 0, 1), stack('b', ['a'], 1, 2)]),
    'stacks depend on each other in a circle: a → b → a',
  );
});

test('no chain of a random graph is longer, and the chain follows dependencies', () => {
  const graph = fc.array(fc.record({ ms: fc.nat(1000), dependsOn: fc.array(fc.nat(20), { maxLength: 4 }) }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(graph, (nodes) => {
      const stacks = nodes.map((node, index) =>
        stack(
          `s${index}`,
          node.dependsOn.filter((other) => other < index).map((other) => `s${other}`),
          0,
          node.ms,
        ),
      );
      const { stacks: names, ms } = criticalPath(stacks);
      const byName = new Map(stacks.map((one) => [one.name, one]));
      assert.is(
        names.reduce((sum, name) => sum + (byName.get(name)?.finishedAt ?? NaN), 0),
        ms,
      );
      names.forEach((name, index) => {
        if (index > 0) assert.ok(byName.get(name)?.dependsOn.includes(names[index - 1] ?? ''));
      });
      const longest = new Map<string, number>();
      for (const one of stacks) {
        longest.set(one.name, one.finishedAt + Math.max(0, ...one.dependsOn.map((name) => longest.get(name) ?? 0)));
      }
      assert.is(ms, Math.max(0, ...longest.values()));
    }),
    { seed: 20261121, numRuns: 200 },
  );
});

test.run();
