import { CAUSES, type Groups } from './causes.ts';

export interface LikelyCause {
  /** What probably happened, in plain words. */
  readonly cause: string;
  /** A command to type next. What the reason does not tell stands in it as `<name>`. */
  readonly next: string;
}

/**
 * What AWS's reason for a failure most likely means. Undefined where the table has nothing better to say than AWS.
 *
 * @param resourceType `AWS::EC2::Subnet`; absent where the stack as a whole failed
 * @param reason AWS's own words, from a stack event or an API's error
 */
export function likelyCause(resourceType: string | undefined, reason: string): LikelyCause | undefined {
  for (const entry of CAUSES) {
    if (entry.type !== undefined && !(resourceType ?? '').startsWith(entry.type)) continue;
    const match = entry.says.exec(reason);
    if (match === null) continue;
    const groups: Groups = (name) => match.groups?.[name];
    return { cause: say(entry.cause, groups), next: say(entry.next, groups) };
  }
  return undefined;
}

function say(text: string | ((groups: Groups) => string), groups: Groups): string {
  return typeof text === 'string' ? text : text(groups);
}
