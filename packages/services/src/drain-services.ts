import type { HookContext } from '@roundtrip/environment';
import { EXIT, type Problem, ProblemError } from '@roundtrip/problem';
import type { Ecs, ServiceState } from './ecs.ts';
import { layerServices, type NamedService } from './service-names.ts';

const POLL_MS = 5000;

/**
 * Scales every service of the layer to nothing and waits until no task is left. All of them drain at the same time
 * then, instead of one after the other in the order in which their stacks go. Services that are gone already count as
 * drained, so the hook can be repeated.
 *
 * Scaling does not bring tasks back meanwhile: a target tracking policy has no metric to follow once nothing runs.
 *
 * @param timeoutMs the longest wait in all, counted as the sum of the sleeps because a hook has no clock
 * @throws ProblemError naming the services that still have tasks
 */
export async function drainServices(context: HookContext, ecs: Ecs, timeoutMs: number): Promise<void> {
  const known = layerServices(context);
  if (!known || known.services.length === 0) return context.log('no services to drain');
  const { cluster, services } = known;
  const names = services.map(({ ecsName }) => ecsName);
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const states = await ecs.describe(cluster, names);
    for (const { name, desired } of states) {
      if (desired === 0) continue;
      await context.beforeWrite(name, 'UpdateService');
      await ecs.setDesiredCount(cluster, name, 0);
    }
    const busy = states.filter(({ desired, running, pending }) => desired + running + pending > 0);
    if (busy.length === 0) return context.log(`${services.length} services drained, no task is left`);
    if (waitedMs >= timeoutMs) {
      throw new ProblemError(
        busy.map((state) => busyProblem(services, state, context, timeoutMs)),
        EXIT.failed,
      );
    }
    if (waitedMs === 0) context.log(`draining ${busy.length} services`);
    await context.sleep(POLL_MS);
  }
}

function busyProblem(
  services: readonly NamedService[],
  state: ServiceState,
  { environment, layer }: HookContext,
  timeoutMs: number,
): Problem {
  const name = services.find(({ ecsName }) => ecsName === state.name)?.name ?? state.name;
  return {
    code: 'service-not-drained',
    what: `service ${name} still has ${state.running + state.pending} tasks after ${timeoutMs / 1000} s`,
    ...(state.lastEvent !== undefined && { why: state.lastEvent }),
    next: `run the same command again, or raise stableTimeoutSeconds under ${layer} in envs/${environment.name}.yaml`,
  };
}
