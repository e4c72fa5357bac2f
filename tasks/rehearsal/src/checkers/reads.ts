import type { CallRecord } from '../record.ts';

/** True for a call that changes nothing. */
export function isRead({ service, operation }: CallRecord): boolean {
  if (service === 's3') return /^(?:Get|Head|List)/.test(operation);
  if (service === 'sts') return true;
  return /^(?:Describe|Get|List)/.test(operation);
}

/** True for a write that the cloud has accepted: also one whose answer was lost may have been. */
export function isAccepted({ outcome }: CallRecord): boolean {
  return outcome === 'ok' || outcome === 'lost';
}

/** True for what a run does to an environment itself, as opposed to its own bucket. */
export function isChange(call: CallRecord): boolean {
  return !isRead(call) && call.service !== 's3' && !call.subject.includes('roundtrip-bucket');
}
