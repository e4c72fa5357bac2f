import type { CallRecord } from '../record.ts';
import { ACCOUNT, REGION } from '../stage.ts';

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

/** True for what a run does to an environment itself, as opposed to its own bucket: its S3 buckets are changed too. */
export function isChange(call: CallRecord): boolean {
  if (isRead(call)) return false;
  if (call.service === 's3') return !call.subject.startsWith(`/roundtrip-${ACCOUNT}-${REGION}/`);
  return !call.subject.includes('roundtrip-bucket');
}
