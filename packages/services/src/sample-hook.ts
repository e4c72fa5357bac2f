import type { HookContext } from '@roundtrip/environment';
import type { Ecs, LooseTask, ServiceState } from './ecs.ts';
import { sampleContext } from './sample-context.ts';

// For tests: a hook's context and an ECS that plays a written sequence, one state of the world per sleep.

export interface Played {
  readonly context: HookContext;
  readonly ecs: Ecs;
  readonly lines: string[];
  readonly scaled: string[];
  readonly stopped: string[];
  /** What the hook has told the run before each write. */
  readonly announced: string[];
  readonly sleptMs: () => number;
}

type Outputs = HookContext['outputs'];

/**
 * @param states what DescribeServices answers before the first sleep, after it, and so on; the last one stays
 * @param loose the same of tasks without a service
 */
export function played(
  states: readonly (readonly ServiceState[])[],
  outputs: Outputs,
  loose: readonly (readonly LooseTask[])[] = [[]],
): Played {
  const lines: string[] = [];
  const scaled: string[] = [];
  const stopped: string[] = [];
  const announced: string[] = [];
  let sleptMs = 0;
  let turn = 0;
  const context: HookContext = {
    environment: sampleContext().environment,
    layer: 'services',
    config: {},
    outputs,
    root: '/project',
    aws: { region: 'eu-west-1', credentials: { accessKeyId: '111111111111', secretAccessKey: 'x' } },
    $: undefined,
    log: (line) => lines.push(line),
    beforeWrite: async (resource, operation) => void announced.push(`${operation} ${resource}`),
    sleep: async (ms) => {
      sleptMs += ms;
      turn += 1;
    },
  };
  const ecs: Ecs = {
    describe: async (_cluster, names) =>
      (states[turn] ?? states.at(-1) ?? []).filter(({ name }) => names.includes(name)),
    setDesiredCount: async (_cluster, name, count) => void scaled.push(`${name} ${count}`),
    looseTasks: async () => [...(loose[turn] ?? loose.at(-1) ?? [])],
    stopTask: async (_cluster, arn, reason) => void stopped.push(`${arn}: ${reason}`),
  };
  return { context, ecs, lines, scaled, stopped, announced, sleptMs: () => sleptMs };
}

export const OUTPUTS: Outputs = {
  'stage-cluster': { ClusterName: 'stage-cluster' },
  'stage-services-api': { ServiceName: 'api-X1', LogGroupName: '/stage-services-api' },
  'stage-services-web': { ServiceName: 'web-X2', LogGroupName: '/stage-services-web' },
  'stage-services-nightly': { ScheduleName: 'nightly-X3' },
  'prod-services-api': { ServiceName: 'other' },
};

export function state(name: string, desired: number, running: number, more: Partial<ServiceState> = {}): ServiceState {
  return { name, desired, running, pending: 0, deployments: [{ status: 'PRIMARY', rollout: 'COMPLETED' }], ...more };
}
