import { decideUp, type StackMap } from '@roundtrip/engine';
import type { OpenEnvironment } from './open-environment.ts';

/**
 * The templates of stacks that are as the files want them. What any other was made of may say more than its file does
 * by now, or less: that is asked of the account.
 * @param observed asked anew for each stack
 */
export function knownTemplates(
  { desired, environment }: OpenEnvironment,
  observed: () => StackMap,
): (stack: string) => string | undefined {
  const { name } = environment.facts;
  const byName = new Map([...desired.values()].flat().map((one) => [one.name, one]));
  return (stack) => {
    const wanted = byName.get(stack);
    if (wanted === undefined || decideUp(name, wanted, observed()).kind !== 'skip') return undefined;
    return wanted.templateBody;
  };
}
