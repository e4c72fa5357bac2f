import { Poller } from '@roundtrip/engine';
import type { Blocker, DesiredStack, ObservedStack, StackMap, Step } from '@roundtrip/engine';
import { layerOrder, reverseLayerOrder } from '@roundtrip/environment';
import { expandWith, parseTemplate } from '@roundtrip/template';
import type { PlanBlockerView, PlanResourceView, PlanStackView, PlanView } from '@roundtrip/view';
import type { Command } from './command.ts';
import { passGuards } from './guards.ts';
import { planLayer } from './layer-run.ts';
import { withMayChange } from './may-change.ts';
import { openEnvironment, type OpenEnvironment } from './open-environment.ts';
import { pollerOptions } from './poller-options.ts';
import { realClock } from './real-clock.ts';
import { findBlockers } from './survey-teardown.ts';
import { noteUnknownLayers } from './unknown-layers.ts';

export interface Planned {
  readonly view: PlanView;
  /** What is in the way of a teardown. */
  readonly blockers: readonly Blocker[];
}

/**
 * What a run would do, per stack and resource. Reads only: one sweep, the deployed template of each stack that
 * would be updated or deleted, and on the way down what is in the way.
 * @throws ProblemError as a run would, before its first write.
 */
export async function planEnvironment(root: string, command: Command, env: NodeJS.ProcessEnv): Promise<Planned> {
  const open = await openEnvironment(root, command.environment, env);
  const poller = new Poller(open.cloud, realClock, pollerOptions(open.speed));
  const order = command.direction === 'up' ? layerOrder(open.layers) : reverseLayerOrder(open.layers);
  const plan = (): Map<string, readonly Step[]> =>
    new Map(order.map((layer) => [layer, planLayer(command, open, poller.latest, layer)]));
  const { steps } = await passGuards(command, open, poller, plan);
  const planned = [...steps.values()].flat();
  const details = new Map(
    await Promise.all(planned.map(async (step) => [step.stack, await detailsOf(open, step, poller.latest)] as const)),
  );
  const all = withMayChange(planned, (stack, output) => details.get(stack)?.outputMayChange(output) ?? true);
  const stacks = all.map(({ stack, layer, kind, reason }): PlanStackView => {
    const resources = details.get(stack)?.resources;
    return { name: stack, layer, kind, reason, ...(resources === undefined ? {} : { resources }) };
  });
  const notices = noteUnknownLayers(command, open, poller.latest);
  const view = { environment: command.environment, verb: command.task, stacks, ...(notices.length > 0 && { notices }) };
  if (command.direction === 'up') return { view, blockers: [] };
  const { blockers, unseen } = await findBlockers(open, planned, poller.latest);
  return { view: { ...view, blockers: blockers.map(blockerView), unseen }, blockers };
}

function blockerView({ stack, what, remedy }: Blocker): PlanBlockerView {
  return { stack, what, ...('next' in remedy ? { next: remedy.next } : {}) };
}

interface Details {
  readonly resources: readonly PlanResourceView[];
  readonly outputMayChange: (output: string) => boolean;
}

/** What a step does inside its stack; undefined where it does nothing, or where only time will tell. */
async function detailsOf(open: OpenEnvironment, step: Step, observed: StackMap): Promise<Details | undefined> {
  if (step.kind === 'skip' || step.kind === 'refuse' || step.kind === 'wait') return undefined;
  const [{ resourceChanges }, { outputChanges }] = await Promise.all([
    import('./plan/resource-changes.ts'),
    import('./plan/output-changes.ts'),
  ]);
  const deployed = observed.get(step.stack);
  const before = deployed === undefined || step.kind === 'recreate' ? undefined : await deployedSide(open, deployed);
  const after = step.desired === undefined ? undefined : desiredSide(step.desired, observed);
  const { region, account } = open.environment.facts;
  const pseudo = { region, account, stackName: step.stack };
  const resources = resourceChanges({ before, after, pseudo });
  return {
    resources,
    outputMayChange: after === undefined ? () => true : outputChanges(before, after, pseudo, resources),
  };
}

async function deployedSide(open: OpenEnvironment, stack: ObservedStack) {
  const body = await open.cloud.template(stack.name);
  const parsed = parseTemplate(body, `template of ${stack.name}`);
  return { template: expandWith(parsed, stack.parameters).template, parameters: stack.parameters };
}

/** Outputs that nobody has yet are named, not guessed: what hangs on them is known only after the run. */
function desiredSide(desired: DesiredStack, observed: StackMap) {
  const parsed = parseTemplate(desired.templateBody, desired.templateFile);
  const known: Record<string, string> = {};
  const unknown: Record<string, string> = {};
  for (const [key, value] of Object.entries(desired.parameters)) {
    const text = typeof value === 'string' ? value : observed.get(value.stack)?.outputs[value.output];
    if (text !== undefined) known[key] = text;
    else if (typeof value !== 'string') unknown[key] = `(${value.output} of ${value.stack})`;
  }
  return { template: expandWith(parsed, known).template, parameters: known, unknown };
}
