import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Identity } from '@roundtrip/aws';
import type { LeaseHolder } from '@roundtrip/engine';

/** Where a process runs. */
export type ProcessPlace = Pick<LeaseHolder, 'host' | 'boot' | 'pidSpace'>;

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
  return {
    run: run.run,
    environment: run.environment,
    verb: run.make,
    who: run.identity.arn,
    ...processPlace(),
    pid: process.pid,
    since: run.startedAt,
  };
}

/**
 * Whether a holder is known to have ended: it was a process of this table of processes, which has none of its number
 * now. Only Linux says which table that is, and a holder that does not name it may live on a machine of the same name.
 */
export function hasEnded(holder: LeaseHolder, here: ProcessPlace = processPlace()): boolean {
  if (holder.boot === undefined || holder.pidSpace === undefined || holder.boot !== here.boot) return false;
  return seemsEnded(holder, here);
}

/**
 * The same by the host's name, for holders that are named on this machine's disk. Nothing may depend on it that another
 * machine of that name could spoil.
 */
export function seemsEnded(holder: LeaseHolder, here: ProcessPlace = processPlace()): boolean {
  if (holder.host !== here.host || holder.pidSpace !== here.pidSpace) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    // Another user's process answers EPERM: it is there.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/**
 * The first table of processes has the same number on every machine, so the boot belongs to it: an id that Linux draws
 * at each start. Elsewhere only a command would tell of one (`sysctl kern.bootsessionuuid` on macOS).
 */
function processPlace(): ProcessPlace {
  const boot = linuxSays(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const pidSpace = linuxSays(() => readlinkSync('/proc/self/ns/pid'));
  return {
    host: hostname(),
    ...(boot === undefined ? {} : { boot }),
    ...(pidSpace === undefined ? {} : { pidSpace }),
  };
}

/** Undefined where there is no such file, or nothing in it. */
function linuxSays(read: () => string): string | undefined {
  try {
    return read() || undefined;
  } catch {
    return undefined;
  }
}
