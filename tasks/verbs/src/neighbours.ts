import { TAG, type ObservedStack } from '@roundtrip/engine';

/** Names of the stacks of an account: the environment's own, and everybody else's. */
export function neighbours(
  stacks: readonly ObservedStack[],
  environment: string,
): { readonly standing: readonly string[]; readonly strangers: readonly string[] } {
  const isOwn = ({ tags }: ObservedStack): boolean => tags[TAG.environment] === environment;
  return {
    standing: stacks.filter(isOwn).map(({ name }) => name),
    strangers: stacks.filter((stack) => !isOwn(stack)).map(({ name }) => name),
  };
}
