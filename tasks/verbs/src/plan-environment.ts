import { Poller } from '@roundtrip/engine';
import type { DesiredStack, ObservedStack, StackMap, Step } from '@roundtrip/engine';
import { layerOrder, reverseLayerOrder } from '@roundtrip/environment';
import { parseTemplate } from '@roundtrip/template';
import type { PlanResourceView, PlanStackView, PlanView } from '@roundtrip/view';
import type { Command } from './command.ts';
import { passGuards } from './guards.ts';
import { planLayer } from './layer-run.ts';
import { withMayChange } from './may-change.ts';
import { openEnvironment, type OpenEnvironment } from './open-environment.ts';
import { pollerOptions } from './poller-options.ts';
import { realClock } from './real-clock.ts';

/**
 * What a run would do, per stack and resource. Reads only: one sweep, and the deployed template of each stack that
 * would be updated or deleted.
 * @throws ProblemError as a run would, before its first write.
 */
export async function planEnvironment(root: string, command: Command, env: NodeJS.ProcessEnv): Promise<PlanView> {
  const open = await openEnvironment(root, command.environment, env);
  const poller = new Poller(open.cloud, realClock, pollerOptions(open.speed));
  const order = command.direction === 'up' ? layerOrder(open.layers) : reverseLayerOrder(open.layers);
  const plan = (): Map<string, readonly Step[]> =>
    new Map(order.map((layer) => [layer, planLayer(command, open, poller.latest, layer)]));
  const { steps } = await passGuards(command, open, poller, plan);
  const all = withMayChange([...steps.values()].flat());
  const stacks = await Promise.all(all.map((step) => stackView(open, step, poller.latest)));
  return { environment: command.environment, verb: command.task, stacks };
}

async function stackView(open: OpenEnvironment, step: Step, observed: StackMap): Promise<PlanStackView> {
  const { stack: name, layer, kind, reason } = step;
  const resources = await resourcesOf(open, step, observed);
  return { name, layer, kind, reason, ...(resources === undefined ? {} : { resources }) };
}

async function resourcesOf(
  open: OpenEnvironment,
  step: Step,
  observed: StackMap,
): Promise<readonly PlanResourceView[] | undefined> {
  if (step.kind === 'skip' || step.kind === 'refuse' || step.kind === 'wait') return undefined;
  const { resourceChanges } = await import('./plan/resource-changes.ts');
  const deployed = observed.get(step.stack);
  const before = deployed === undefined || step.kind === 'recreate' ? undefined : await deployedSide(open, deployed);
  const after = step.desired === undefined ? undefined : desiredSide(step.desired, observed);
  const { region, account } = open.environment.facts;
  return resourceChanges({ before, after, pseudo: { region, account, stackName: step.stack } });
}

async function deployedSide(open: OpenEnvironment, stack: ObservedStack) {
  const body = await open.cloud.template(stack.name);
  return { template: parseTemplate(body, `template of ${stack.name}`).template, parameters: stack.parameters };
}

/** Outputs that nobody has yet are named, not guessed: what hangs on them is known only after the run. */
function desiredSide(desired: DesiredStack, observed: StackMap) {
  const { template } = parseTemplate(desired.templateBody, desired.templateFile);
  const known: Record<string, string> = {};
  const unknown: Record<string, string> = {};
  for (const [key, value] of Object.entries(desired.parameters)) {
    const text = typeof value === 'string' ? value : observed.get(value.stack)?.outputs[value.output];
    if (text !== undefined) known[key] = text;
    else if (typeof value !== 'string') unknown[key] = `(${value.output} of ${value.stack})`;
  }
  return { template, parameters: known, unknown };
}
