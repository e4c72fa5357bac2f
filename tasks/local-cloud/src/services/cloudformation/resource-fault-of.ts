import { handlerText } from '../../catalog/handler-text.ts';
import { resourceFault } from '../../faults/resource-fault.ts';
import type { Course } from './course.ts';

/** The reason that a fault gives to one resource of the stack, in the form in which handlers give theirs. */
export function faultOf(
  { world, realm, stack }: Course,
  action: 'create' | 'update' | 'delete',
  { type, logicalId }: { readonly type: string; readonly logicalId: string },
): string | undefined {
  const text = resourceFault(world, action, { ...realm, stack: stack.name, resourceType: type, logicalId });
  return text === undefined ? undefined : handlerText(world, { text, handlerErrorCode: 'GeneralServiceException' });
}
