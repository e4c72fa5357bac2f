import { count, echo } from './words.ts';

const CHARACTERS_MAX = 128;

/** Full name of a stack: `<environment>-<layer>`, and `-<name>` behind it where the layer has given it one. */
export function stackName(environment: string, layer: string, name?: string): string {
  return [environment, layer, ...(name ? [name] : [])].join('-');
}

/**
 * What CloudFormation would have against a stack's name, in words, or undefined.
 * Rule: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
export function stackNameFault(name: string): string | undefined {
  if (name.length > CHARACTERS_MAX) {
    return `stack name ${echo(name)} has ${count(name.length, 'character')}, but may have ${CHARACTERS_MAX} at most`;
  }
  if (/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) return undefined;
  return `stack name ${echo(name)} has a character that CloudFormation does not take; letters, digits and hyphens are fine`;
}
