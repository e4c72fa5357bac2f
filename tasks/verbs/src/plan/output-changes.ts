import { references } from '@roundtrip/template';
import { evaluateOutputs, secretParameters } from './evaluate-side.ts';
import { isSame } from './leaf-changes.ts';
import type { ResourceChange, StackFacts, StackSide } from './resource-change.ts';

/**
 * Says which outputs of a stack may have another value afterwards: those that are written otherwise once parameters are
 * filled in, and those that refer to a resource that is new, replaced or gone. An attribute of a resource that is changed
 * in place counts as staying what it is.
 */
export function outputChanges(
  before: StackSide | undefined,
  after: StackSide,
  pseudo: StackFacts,
  changes: readonly ResourceChange[],
): (output: string) => boolean {
  if (before === undefined) return () => true;
  const secrets = new Set([...secretParameters(before.template), ...secretParameters(after.template)]);
  const old = evaluateOutputs(before, pseudo, secrets);
  const wanted = evaluateOutputs(after, pseudo, secrets);
  const exchanged = new Set(
    changes
      .filter(({ action, replacement }) => action !== 'modify' || replacement !== 'no')
      .map(({ logicalId }) => logicalId),
  );
  return (output) =>
    !isSame(old[output], wanted[output]) || references(wanted[output]).some(({ name }) => exchanged.has(name));
}
