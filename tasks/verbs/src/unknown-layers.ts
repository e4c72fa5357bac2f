import { TAG, type ObservedStack, type StackMap } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import { formatCount } from '@roundtrip/view';
import type { Command } from './command.ts';
import type { OpenEnvironment } from './open-environment.ts';

/** Stacks that a notice names. */
const NAMES_MAX = 12;

/**
 * The environment's stacks that are of no layer of this checkout: a layer was removed or renamed, and no plan, which is
 * made layer by layer, has them. Nested ones go with their parents.
 */
export function ofUnknownLayers(
  { layers, desired, environment }: OpenEnvironment,
  observed: StackMap,
): ObservedStack[] {
  const known = new Set(layers.map(({ name }) => name));
  const wanted = new Set([...desired.values()].flat().map(({ name }) => name));
  const own = [...observed.values()].filter(({ tags }) => tags[TAG.environment] === environment.facts.name);
  return own.filter(
    ({ name, parentId, tags }) => parentId === undefined && !wanted.has(name) && !known.has(tags[TAG.layer] ?? ''),
  );
}

/**
 * On the way down they would be left standing on what is deleted beneath them, and no later run would take them away.
 * @throws ProblemError, exit code 3, with all of them
 */
export function guardUnknownLayers(command: Command, open: OpenEnvironment, observed: StackMap): void {
  if (command.direction !== 'down') return;
  const problems = ofUnknownLayers(open, observed).map(({ name, tags }): Problem => {
    const layer = tags[TAG.layer];
    const wait = `aws cloudformation wait stack-delete-complete --stack-name ${name}`;
    const byHand = `delete it by hand: aws cloudformation delete-stack --stack-name ${name} && ${wait}`;
    return {
      code: 'unknown-layer-stands',
      what: `Refused: stack ${name} ${layerWords(layer)}`,
      why: 'the teardown would leave it standing, and delete what it may stand on; so far nothing has been deleted',
      next:
        layer === undefined
          ? `${byHand}; then type: ${command.make}`
          : `check out the commit before the one that git log -1 -- packages/${layer} shows, and type there: ${command.make}; or ${byHand}; then type: ${command.make}`,
    };
  });
  if (problems.length > 0) throw new ProblemError(problems, EXIT.refused);
}

/** On the way up they are in nobody's way: they only cost money. */
export function noteUnknownLayers(command: Command, open: OpenEnvironment, observed: StackMap): readonly string[] {
  const all = command.direction === 'up' ? ofUnknownLayers(open, observed) : [];
  if (all.length === 0) return [];
  const names = all.slice(0, NAMES_MAX).map(({ name, tags }) => `${name} (${tags[TAG.layer] ?? 'without a layer'})`);
  const more = all.length > NAMES_MAX ? ` and ${all.length - NAMES_MAX} more` : '';
  const verb = all.length === 1 ? 'belongs' : 'belong';
  const subject = `${formatCount(all.length, 'stack')} of ${command.environment} ${verb} to no layer of this checkout`;
  return [`${subject} and may cost money: ${names.join(', ')}${more}`];
}

function layerWords(layer: string | undefined): string {
  return layer === undefined
    ? `has no tag ${TAG.layer}`
    : `belongs to layer ${layer}, which this checkout does not have`;
}
