import type { HookContext } from '@roundtrip/environment';
import { EXIT, type Problem, ProblemError } from '@roundtrip/problem';
import type { Ecs, ServiceState } from './ecs.ts';
import { layerServices, type NamedService } from './service-names.ts';

const POLL_MS = 5000;

/**
 * Waits until every service of the layer runs what it should: as many tasks as desired, in one deployment that was not
 * rolled back. Says one line per service when it is there.
 *
 * @param timeoutMs the longest wait in all, counted as the sum of the sleeps because a hook has no clock
 * @throws ProblemError at once when a deployment was rolled back or a service is gone, after `timeoutMs` when tasks do
 * not come up; it names every service that is not well
 */
export async function awaitServices(context: HookContext, ecs: Ecs, timeoutMs: number): Promise<void> {
  const known = layerServices(context);
  if (!known || known.services.length === 0) return context.log('no services to wait for');
  let open = known.services;
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const states = await statesOf(ecs, known.cluster, open);
    const failures = open.flatMap((service) => failureOf(service, states.get(service.ecsName), known.cluster));
    if (failures.length > 0) throw new ProblemError(failures, EXIT.failed);
    open = open.filter((service) => {
      const state = states.get(service.ecsName);
      if (!state || !isSteady(state)) return true;
      context.log(`${service.name}: ${state.running} of ${state.desired} tasks run`);
      return false;
    });
    if (open.length === 0) return;
    if (waitedMs >= timeoutMs) {
      const late = open.map((service) => lateProblem(service, states.get(service.ecsName), context, timeoutMs));
      throw new ProblemError(late, EXIT.failed);
    }
    await context.sleep(POLL_MS);
  }
}

async function statesOf(ecs: Ecs, cluster: string, services: readonly NamedService[]) {
  const states = await ecs.describe(
    cluster,
    services.map(({ ecsName }) => ecsName),
  );
  return new Map(states.map((state) => [state.name, state]));
}

const isSteady = ({ desired, running, pending, deployments }: ServiceState) =>
  running === desired && pending === 0 && deployments.length <= 1;

/** What no waiting will mend. */
function failureOf({ name, logGroup }: NamedService, state: ServiceState | undefined, cluster: string): Problem[] {
  if (!state) {
    return [
      {
        code: 'service-gone',
        what: `service ${name} is not in cluster ${cluster}`,
        why: 'its stack is complete, so somebody has deleted the service past CloudFormation',
        next: 'delete the stack of the service, then run the same command again',
      },
    ];
  }
  const failed = state.deployments.find(({ rollout, reason }) => rollout === 'FAILED' || isRollback(reason));
  if (!failed) return [];
  return [
    {
      code: 'service-rolled-back',
      what: `service ${name} was rolled back: ${failed.reason ?? 'its deployment failed'}`,
      ...(state.lastEvent !== undefined && { why: state.lastEvent }),
      next: `aws logs tail --since 1h ${logGroup}`,
    },
  ];
}

const isRollback = (reason: string | undefined) => reason !== undefined && /rolling back|rolled back/i.test(reason);

function lateProblem(
  { name, logGroup }: NamedService,
  state: ServiceState | undefined,
  context: HookContext,
  timeoutMs: number,
): Problem {
  return {
    code: 'service-not-steady',
    what: `service ${name} runs ${state?.running ?? 0} of ${state?.desired ?? 0} tasks after ${timeoutMs / 1000} s`,
    ...(state?.lastEvent !== undefined && { why: state.lastEvent }),
    next: `aws logs tail --since 1h ${logGroup}, or raise stableTimeoutSeconds under ${context.layer} in envs/${context.environment.name}.yaml`,
  };
}
