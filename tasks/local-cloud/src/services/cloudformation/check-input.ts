import type { Tag } from '@aws-sdk/client-cloudformation';
import { constraintError, validationError } from './validation-error.ts';

const TAGS_MAX = 50;

/** Throws ValidationError where a stack cannot have that name. */
export function checkStackName(name: string): void {
  if (!/^[a-zA-Z][-a-zA-Z0-9]*$/.test(name)) {
    throw constraintError(name, 'stackName', 'satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*');
  }
  if (name.length > 128) throw constraintError(name, 'stackName', 'have length less than or equal to 128');
}

/** Throws ValidationError for a token that is not 1–128 letters, digits and hyphens. */
export function checkToken(token: string | undefined): void {
  if (token === undefined) return;
  if (token.length > 128) throw constraintError(token, 'clientRequestToken', 'have length less than or equal to 128');
  if (/^[a-zA-Z0-9][-a-zA-Z0-9]*$/.test(token)) return;
  throw constraintError(token, 'clientRequestToken', 'satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*');
}

/** A request's tags by key. Throws ValidationError where AWS refuses them. */
export function stackTags(tags: readonly Tag[]): Record<string, string> {
  if (tags.length > TAGS_MAX) {
    throw constraintError(`[${tags.length} tags]`, 'tags', `have length less than or equal to ${TAGS_MAX}`);
  }
  const byKey: Record<string, string> = {};
  for (const { Key: key = '', Value: value = '' } of tags) {
    if (key.startsWith('aws:')) {
      throw validationError('aws: prefixed tag key names are not allowed for external use.');
    }
    if (key in byKey) throw validationError(`Duplicate tag keys found: [${key}]`);
    byKey[key] = value;
  }
  return byKey;
}
