import type { Refusal } from '../../catalog/behaviour.ts';

/** What CloudFormation says itself, not a service's handler. */
export function ownRefusal(text: string): Refusal {
  return { text, handlerErrorCode: 'GeneralServiceException', isOwnText: true };
}
