const GB = 1024;

/** Memory that Fargate offers with each CPU: first, last and step in MB, with 256 CPU units as the one odd row. */
const SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, GB, 2 * GB]],
  [512, range(GB, 4 * GB, GB)],
  [1024, range(2 * GB, 8 * GB, GB)],
  [2048, range(4 * GB, 16 * GB, GB)],
  [4096, range(8 * GB, 30 * GB, GB)],
  [8192, range(16 * GB, 60 * GB, 4 * GB)],
  [16384, range(32 * GB, 120 * GB, 8 * GB)],
]);

/** The CPU units that a Fargate task may have. */
export const FARGATE_CPUS: readonly number[] = [...SIZES.keys()];

/**
 * The memory in MB that Fargate offers with this CPU; undefined where it has no such CPU.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
export function fargateMemoryMb(cpu: number): readonly number[] | undefined {
  return SIZES.get(cpu);
}

/** The smallest size on offer that has at least this much of both. */
export function nearestFargateSize(cpu: number, memoryMb: number): { cpu: number; memoryMb: number } | undefined {
  for (const [offered, memories] of SIZES) {
    const fitting = offered < cpu ? undefined : memories.find((memory) => memory >= memoryMb);
    if (fitting !== undefined) return { cpu: offered, memoryMb: fitting };
  }
  return undefined;
}

function range(first: number, last: number, step: number): number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}
