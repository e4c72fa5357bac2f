import type { FailureEntry } from './journal-event.ts';
import type { CloudError } from './ports.ts';

/**
 * What kind of trouble an error is: it decides whether the same thing is tried again, how often and how soon.
 * `real` is everything that a person has to mend; it is never tried again.
 */
export type FailureClass =
  'throttle' | 'network' | 'server' | 'eventual' | 'draining' | 'capacity' | 'credentials' | 'real';

/** How often something is tried again, and how long is waited before: doubled each time up to the largest. */
export interface Patience {
  readonly retriesMax: number;
  readonly firstMs: number;
  readonly largestMs: number;
}

/** What gets better by itself within minutes, whoever waits for it. */
export function isPassing(kind: FailureClass): boolean {
  return kind === 'throttle' || kind === 'network' || kind === 'server';
}

/** For one call. Throttles and networks pass within minutes; credentials are asked for anew once. */
export const CALL_PATIENCE: Readonly<Record<FailureClass, Patience>> = {
  throttle: { retriesMax: 12, firstMs: 500, largestMs: 20_000 },
  network: { retriesMax: 12, firstMs: 500, largestMs: 20_000 },
  server: { retriesMax: 12, firstMs: 500, largestMs: 20_000 },
  eventual: { retriesMax: 6, firstMs: 5_000, largestMs: 60_000 },
  draining: { retriesMax: 6, firstMs: 10_000, largestMs: 120_000 },
  capacity: { retriesMax: 0, firstMs: 0, largestMs: 0 },
  credentials: { retriesMax: 2, firstMs: 1_000, largestMs: 5_000 },
  real: { retriesMax: 0, firstMs: 0, largestMs: 0 },
};

/** For a whole operation on a stack, which takes minutes itself. */
export const OPERATION_PATIENCE: Readonly<Record<FailureClass, Patience>> = {
  throttle: { retriesMax: 3, firstMs: 10_000, largestMs: 60_000 },
  network: { retriesMax: 3, firstMs: 10_000, largestMs: 60_000 },
  server: { retriesMax: 3, firstMs: 10_000, largestMs: 60_000 },
  eventual: { retriesMax: 4, firstMs: 15_000, largestMs: 120_000 },
  // A task has its stopTimeout to end in, 30 s to 2 min; its target is deregistered for up to 5 min before.
  draining: { retriesMax: 4, firstMs: 30_000, largestMs: 240_000 },
  capacity: { retriesMax: 4, firstMs: 60_000, largestMs: 300_000 },
  credentials: { retriesMax: 0, firstMs: 0, largestMs: 0 },
  real: { retriesMax: 0, firstMs: 0, largestMs: 0 },
};

const BY_KIND: Readonly<Partial<Record<CloudError['kind'], FailureClass>>> = {
  throttled: 'throttle',
  network: 'network',
  server: 'server',
  credentials: 'credentials',
};

export function classOfError(error: CloudError): FailureClass {
  return BY_KIND[error.kind] ?? classOfReason(error.message);
}

/**
 * Texts of failed resources, and of refused calls, that mean "not yet" or "not now". The words are AWS's own, as they
 * have been seen in its answers and in reports about them.
 */
const REASONS: readonly (readonly [FailureClass, RegExp])[] = [
  ['throttle', /Rate exceeded|Request limit exceeded|ThrottlingException|Too Many Requests|TooManyRequests/i],
  // A role that was made a moment ago is not known everywhere for up to two minutes.
  ['eventual', /cannot be assumed|unable to assume the (?:service linked )?role|is not authorized to assume/i],
  [
    'eventual',
    /role defined for the function cannot be assumed|Invalid IAM Instance Profile|invalid principal in policy/i,
  ],
  ['eventual', /Verify that the ECS service linked role exists|does not have an associated load balancer/i],
  // A name that its last bearer has not let go of yet.
  ['eventual', /conflicting conditional operation is currently in progress against this resource/i],
  ['eventual', /is currently in the process of being deleted|has been deleted recently/i],
  ['eventual', /has a dependent object|has dependencies and cannot be deleted|mapped public address/i],
  // Tasks that were told to stop, and what they hold until they have.
  ['draining', /still Draining|cannot be deleted while (?:Tasks|Services|Container Instances) are active/i],
  ['draining', /ClusterContains(?:Tasks|Services|ContainerInstances)Exception/],
  [
    'draining',
    /capacity provider (?:cannot be deleted because it is associated with|is in use and cannot be removed)/i,
  ],
  [
    'capacity',
    /Capacity is unavailable|do not have sufficient .*capacity|Insufficient\w*Capacity|InsufficientFreeAddresses|\bRESOURCE:[A-Z]/i,
  ],
  ['server', /Internal ?Failure|Service ?Unavailable|internal error|HandlerInternalFailure/i],
  ['network', /NetworkFailure|ECONNRESET|socket hang up/],
];

/** The class of a reason that AWS gives for a failed resource. */
export function classOfReason(reason: string): FailureClass {
  return REASONS.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'real';
}

/**
 * The class of a step's failure, and the words that say so. A service whose tasks found no place fails with its circuit
 * breaker's verdict, as one whose tasks end by themselves: only what was seen of the tasks tells the two apart.
 */
export function classOfFailure({ reason, evidence = [] }: Pick<FailureEntry, 'reason' | 'evidence'>): {
  readonly kind: FailureClass;
  readonly reason: string;
} {
  const kind = classOfReason(reason);
  const tasks = evidence.filter(({ about }) => about === 'task').map(({ text }) => text);
  const foundNoPlace = tasks.length > 0 && tasks.every((text) => classOfReason(text) === 'capacity');
  return kind === 'real' && foundNoPlace ? { kind: 'capacity', reason: tasks.join('; ') } : { kind, reason };
}

/** How long to wait before a retry, in milliseconds; undefined where the patience is at its end. */
export function pauseMs({ retriesMax, firstMs, largestMs }: Patience, retry: number): number | undefined {
  return retry > retriesMax ? undefined : Math.min(largestMs, firstMs * 2 ** (retry - 1));
}
