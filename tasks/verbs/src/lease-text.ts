import { CloudError, type LeaseDocument, type LeaseHeld } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import { formatDuration } from '@roundtrip/view';
import { hasEnded } from './lease-holder.ts';

/** What the texts about one lease need to know. */
export interface LeaseScene {
  readonly environment: string;
  /** What was typed. */
  readonly make: string;
  /** `s3://…` */
  readonly place: string;
  /** How long this run was ready to wait. */
  readonly waitMs: number;
}

/** `run 20261121T… (make stage) of arn:… on build-1, process 12` */
export function holderText({ run, verb, who, host, pid }: LeaseDocument): string {
  return `run ${run} (${verb}) of ${who} on ${host}, process ${pid}`;
}

/** `since 2026-11-21 10:41:02 UTC, last heartbeat 3.0 s ago` */
export function ageText({ since }: LeaseDocument, ageMs: number): string {
  const begun = since === undefined ? '' : `since ${stamp(since)}, `;
  return `${begun}last heartbeat ${formatDuration(Math.max(0, ageMs))} ago`;
}

export function waitingText(held: LeaseDocument, ageMs: number, waitMs: number): string {
  const patience = formatDuration(waitMs);
  return `${holderText(held)}, ${ageText(held, ageMs)}: for up to ${patience}; LEASE=refuse does not wait`;
}

export function takenOverText(from: LeaseDocument, ageMs: number): string {
  const why = hasEnded(from) ? 'that process has ended' : `its last heartbeat was ${formatDuration(ageMs)} ago`;
  return `from ${holderText(from)}: ${why}`;
}

export function lostText(holder: LeaseDocument | undefined, { place }: LeaseScene): string {
  const stopped = 'this run writes nothing more';
  if (holder === undefined) return `${place} is gone, or nobody can read it: ${stopped}`;
  if (holder.released === true) return `${holder.who} on ${holder.host} gave it back (${holder.verb}): ${stopped}`;
  return `${holderText(holder)}, has it now: ${stopped}`;
}

/** Why the lease was not to be had: exit code 3, for nothing has been written to the account. */
export function leaseProblem(error: LeaseHeld | CloudError, scene: LeaseScene): ProblemError {
  const problem = error instanceof CloudError ? brokenProblem(error, scene) : heldProblem(error, scene);
  return new ProblemError(problem, EXIT.refused, { cause: error });
}

function heldProblem({ holder, ageMs }: LeaseHeld, scene: LeaseScene): Problem {
  const { environment, make, place, waitMs } = scene;
  if (holder === undefined) {
    return {
      code: 'lease-garbage',
      what: `Refused: ${place} is no lease that this tool has written`,
      why: `nobody can say whether another run is changing ${environment}`,
      next: `when nobody is, type: make unlock ENV=${environment}`,
    };
  }
  const waited = waitMs === 0 ? 'LEASE=refuse says not to wait' : `this one has waited ${formatDuration(waitMs)}`;
  return {
    code: 'lease-held',
    what: `Refused: ${holderText(holder)}, has the lease of ${environment} ${ageText(holder, ageMs)}`,
    why: `two runs at once would undo each other's work, and ${waited}`,
    next: `when it is done, type: ${make}; if that run is dead, type: make unlock ENV=${environment}`,
  };
}

function brokenProblem(error: CloudError, { environment, make, place }: LeaseScene): Problem {
  const why = `without it nothing would keep two runs of ${environment} apart, so nothing has been written`;
  if (error.kind === 'denied') {
    return {
      code: 'lease-denied',
      what: `AWS refuses the lease ${place}: ${error.message}`,
      why,
      next: `let the caller read and write that bucket (s3:GetObject, s3:PutObject), or find out whose it is: aws s3api get-bucket-location --bucket ${bucketOf(place)}`,
    };
  }
  if (error.code === 'NoSuchBucket') {
    return {
      code: 'lease-bucket',
      what: `The bucket of ${place} is missing, and the stack roundtrip-bucket does not make it`,
      why,
      next: `look at it with: aws cloudformation describe-stack-events --stack-name roundtrip-bucket, delete that stack (it keeps its bucket), then type: ${make}`,
    };
  }
  return {
    code: 'lease-unknown',
    what: `The lease ${place} cannot be taken: ${error.message} (${error.code})`,
    why,
    next: `type again: ${make}`,
  };
}

function bucketOf(place: string): string {
  return place.split('/')[2] ?? place;
}

/** To the second, in the one zone that every reader of a log can reckon with. */
function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
