import type { Resource } from '../../resource.ts';
import { validationError } from './validation-error.ts';

/** What AWS says of an attribute that the function has not answered with. */
export function missingAttribute(resource: Resource, attribute: string): Error {
  const { stackId = '', logicalId = '' } = resource;
  return validationError(
    `CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${stackId}|${logicalId}`,
  );
}
