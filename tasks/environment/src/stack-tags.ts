import type { Problem } from '@roundtrip/problem';
import { tagKeyFault, tagValueFault, STACK_TAGS_MAX } from './check-tags.ts';
import type { Environment } from './environment.ts';
import type { LayerStack } from './layer-stacks.ts';

/**
 * The tags of a stack: the environment's, the stack's own over them, and the two by which everything of an environment
 * is found again. The tags of the env file have been judged with the file, so only the stack's own are judged here.
 */
export function stackTags(
  { facts }: Environment,
  { definition, fullName, section }: LayerStack,
): { tags: Record<string, string>; problems: Problem[] } {
  const place = { file: section.context.pathOf('layer.ts') };
  const tags = { ...facts.tags, ...definition.tags };
  const problems = Object.entries(definition.tags ?? {}).flatMap(([key, value]): Problem[] => {
    const keyFault = tagKeyFault(key);
    const valueFault = tagValueFault(value);
    const next = `correct the tags of the stack in ${place.file}`;
    return [
      ...(keyFault
        ? [{ code: 'bad-tag', place, what: `tag key "${key}" of stack "${fullName}" ${keyFault}`, next }]
        : []),
      ...(valueFault
        ? [{ code: 'bad-tag', place, what: `tag "${key}" of stack "${fullName}" ${valueFault}`, next }]
        : []),
    ];
  });
  const amount = Object.keys(tags).length;
  if (amount > STACK_TAGS_MAX) {
    problems.push({
      code: 'too-many-tags',
      place,
      what: `stack "${fullName}" has ${amount} tags with those of the environment, but may have ${STACK_TAGS_MAX} at most`,
      why: 'AWS takes 50, and the tool writes some of its own',
      next: `take out some of the stack's own tags in ${place.file}, or of the env file's`,
    });
  }
  const own = { 'roundtrip:environment': facts.name, 'roundtrip:layer': section.layer.name };
  return { tags: { ...tags, ...own }, problems };
}
