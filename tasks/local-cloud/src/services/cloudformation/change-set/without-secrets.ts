import type { ResourceChange, ResourceTargetDefinition } from '@aws-sdk/client-cloudformation';
import { leavesWithout } from '../drift/shown-properties.ts';
import type { StackParameter } from '../stack.ts';

/** Changes without the values of NoEcho parameters, new and old; contexts have them as they stand in JSON text. */
export function withoutSecrets(
  changes: readonly ResourceChange[],
  parameters: readonly StackParameter[],
): readonly ResourceChange[] {
  const texts = parameters.filter(({ noEcho, text }) => noEcho && text !== '').map(({ text }) => text);
  if (texts.length === 0) return changes;
  const secrets = texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
  const hide = <T>(value: T): T => leavesWithout(value, secrets) as T;
  const hideTarget = ({ BeforeValue: before, AfterValue: after, ...target }: ResourceTargetDefinition) => ({
    ...target,
    ...(before !== undefined && { BeforeValue: hide(before) }),
    ...(after !== undefined && { AfterValue: hide(after) }),
  });
  return changes.map(({ BeforeContext: before, AfterContext: after, Details: details = [], ...change }) => ({
    ...change,
    Details: details.map(({ Target: target, ...detail }) => ({ ...detail, Target: target && hideTarget(target) })),
    ...(before !== undefined && { BeforeContext: hide(before) }),
    ...(after !== undefined && { AfterContext: hide(after) }),
  }));
}
