import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FARGATE_CPUS, fargateMemoryMb, nearestFargateSize } from './fargate-size.ts';

test('the pairs are those that AWS lists', () => {
  const rows = FARGATE_CPUS.map((cpu) => {
    const memories = fargateMemoryMb(cpu) ?? [];
    return [cpu, memories[0], memories.at(-1), memories.length];
  });
  assert.equal(rows, [
    [256, 512, 2048, 3],
    [512, 1024, 4096, 4],
    [1024, 2048, 8192, 7],
    [2048, 4096, 16384, 13],
    [4096, 8192, 30720, 23],
    [8192, 16384, 61440, 12],
    [16384, 32768, 122880, 12],
  ]);
});

test('the nearest size has at least as much of both', () => {
  assert.equal(nearestFargateSize(300, 600), { cpu: 512, memoryMb: 1024 });
  assert.equal(nearestFargateSize(256, 5000), { cpu: 1024, memoryMb: 5120 });
  assert.is(nearestFargateSize(16384, 200000), undefined);
});

test.run();
