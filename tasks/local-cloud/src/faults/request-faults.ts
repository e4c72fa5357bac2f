import type { Identity } from '../identity.ts';
import { sessions } from '../identity.ts';
import type { LoadedService } from '../service-loader.ts';
import { ServiceError } from '../world.ts';
import type { World } from '../world.ts';
import type { Fault, FaultKind } from './fault-plan.ts';
import { beganAt, faultRules, strike } from './fault-rule.ts';
import type { FaultRule } from './fault-rule.ts';

/** What befalls one request. */
export interface RequestFate {
  /** It is answered with this, and nothing is done. */
  readonly error?: ServiceError;
  /** The connection is lost; `before` anything was done, or after. */
  readonly reset?: 'before' | 'after';
  /** How much later the answer comes, in milliseconds of the cloud's clock. */
  readonly delayMs?: number;
  /** A read may be answered as it was that many milliseconds ago. */
  readonly staleMs?: number;
}

export interface RequestOccasion {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly accessKeyId: string;
}

const KINDS: readonly FaultKind[] = [
  'denied',
  'expired-credentials',
  'throttle',
  'error',
  'reset-before',
  'reset-after',
  'slow',
  'stale',
];

const SLOW_SECONDS = 10;
const STALE_SECONDS = 10;

export function hasFaults(world: World): boolean {
  return faultRules(world).size > 0;
}

/** Whether answers have to be kept, because a fault may give them again. */
export function remembersAnswers(world: World): boolean {
  for (const { fault } of faultRules(world).values()) if (fault.fault === 'stale') return true;
  return false;
}

/** Draws what befalls a request; the first fault of the plan that answers it wins, delays add up. */
export function requestFate(
  world: World,
  service: LoadedService,
  occasion: RequestOccasion,
  caller: Identity,
): RequestFate {
  const faults = strike(world, KINDS, { ...occasion, account: caller.account }, (rule) =>
    isHeld(world, rule, occasion.accessKeyId),
  );
  let fate: RequestFate = {};
  for (const fault of faults) fate = { ...fateOf(service, fault, occasion, caller), ...fate, ...delayed(fate, fault) };
  return fate;
}

/** Credentials that were handed out since they began to expire are good: refreshing helps. */
function isHeld(world: World, rule: FaultRule, accessKeyId: string): boolean {
  if (rule.fault.fault !== 'expired-credentials') return true;
  const issuedAt = sessions(world).get(accessKeyId)?.issuedAt ?? -Infinity;
  return issuedAt < beganAt(rule, world.now);
}

function delayed({ delayMs = 0 }: RequestFate, fault: Fault): RequestFate {
  return fault.fault === 'slow' ? { delayMs: delayMs + (fault.seconds ?? SLOW_SECONDS) * 1000 } : {};
}

function fateOf(service: LoadedService, fault: Fault, occasion: RequestOccasion, caller: Identity): RequestFate {
  switch (fault.fault) {
    case 'throttle':
      return { error: worded(fault, throttledError(service)) };
    case 'error':
      return { error: worded(fault, new ServiceError('InternalFailure', INTERNAL, 500)) };
    case 'denied':
      return { error: worded(fault, deniedError(service, occasion, caller)) };
    case 'expired-credentials':
      return { error: worded(fault, expiredError(service, occasion)) };
    case 'reset-before':
      return { reset: 'before' };
    case 'reset-after':
      return { reset: 'after' };
    case 'stale':
      return { staleMs: (fault.seconds ?? STALE_SECONDS) * 1000 };
    default:
      return {};
  }
}

const INTERNAL = 'We encountered an internal error. Please try again.';

function worded({ code, status, text }: Fault, { code: usual, message, httpStatus }: ServiceError): ServiceError {
  return new ServiceError(code ?? usual, text ?? message, status ?? httpStatus);
}

/** What an empty bucket answers with, in the words of the service or of its protocol. */
export function throttledError({ throttled, model }: LoadedService): ServiceError {
  if (throttled !== undefined) return throttled;
  switch (model.protocol) {
    case 'awsQuery':
    case 'restXml':
      return new ServiceError('Throttling', 'Rate exceeded', 400);
    case 'ec2Query':
      return new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503);
    default:
      return new ServiceError('ThrottlingException', 'Rate exceeded', 400);
  }
}

function deniedError(
  { model }: LoadedService,
  { service, operation }: RequestOccasion,
  { arn }: Identity,
): ServiceError {
  const what = `User: ${arn} is not authorized to perform: ${service}:${operation} on resource: *`;
  const text = `${what} with an explicit deny in a service control policy`;
  if (model.protocol === 'ec2Query') return new ServiceError('UnauthorizedOperation', text, 403);
  if (model.protocol.startsWith('awsJson')) return new ServiceError('AccessDeniedException', text, 400);
  return new ServiceError(model.protocol === 'restJson1' ? 'AccessDeniedException' : 'AccessDenied', text, 403);
}

/** What credentials that are over are answered with, in the words of the service or of its protocol. */
export function expiredError({ model }: LoadedService, { service }: { readonly service: string }): ServiceError {
  if (service === 's3') return new ServiceError('ExpiredToken', 'The provided token has expired.', 400);
  const isJson = model.protocol.startsWith('awsJson');
  const code = isJson || model.protocol === 'restJson1' ? 'ExpiredTokenException' : 'ExpiredToken';
  return new ServiceError(code, 'The security token included in the request is expired', isJson ? 400 : 403);
}
