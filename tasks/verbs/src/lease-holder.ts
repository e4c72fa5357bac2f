import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Identity } from '@roundtrip/aws';
import type { LeaseHolder } from '@roundtrip/engine';

/** Who this process is, as the lease names it. */
export function leaseHolder(run: {
  readonly run: string;
  readonly environment: string;
  /** What was typed: `make stage`. */
  readonly make: string;
  readonly identity: Identity;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}): LeaseHolder {
  const space = pidSpace();
  return {
    run: run.run,
    environment: run.environment,
    verb: run.make,
    who: run.identity.arn,
    host: hostname(),
    pid: process.pid,
    ...(space === undefined ? {} : { pidSpace: space }),
    since: run.startedAt,
  };
}

/** Whether a holder is known to have ended: it was a process of this host, and no process has its number now. */
export function hasEnded(holder: LeaseHolder): boolean {
  if (holder.host !== hostname() || holder.pidSpace !== pidSpace()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    // Another user's process answers EPERM: it is there.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Linux gives each container a table of processes of its own; elsewhere a host has one. */
function pidSpace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}
