import { ProblemError, EXIT } from '@roundtrip/problem';
import { DEFAULT_PORT } from '../settings.ts';

/** The port is held by something that is no local cloud. */
export function portTaken(port: number): ProblemError {
  return new ProblemError({
    code: 'local-cloud-port-taken',
    what: `port ${port} is taken by something that is not the local cloud`,
    why: 'with "cloud: local" an environment is built in the local cloud, which listens there',
    next: `LOCAL_CLOUD_PORT=${otherPort(port)} make stage`,
  });
}

/** The port is held by another checkout's local cloud. */
export function otherCheckout(port: number, otherRoot: string): ProblemError {
  const next = `LOCAL_CLOUD_PORT=${otherPort(port)} make stage, or stop the other one: make -C ${otherRoot} cloud-stop`;
  return new ProblemError({
    code: 'local-cloud-other-checkout',
    what: `port ${port} is held by the local cloud of another checkout, ${otherRoot}`,
    why: 'each checkout has a cloud of its own; using that one would mix their environments',
    next,
  });
}

/** It was started and does not answer. */
export function notHealthy(seconds: number, logFile: string, lastLines: readonly string[]): ProblemError {
  return new ProblemError(
    {
      code: 'local-cloud-not-healthy',
      what: `the local cloud was started but does not answer after ${seconds} s`,
      why: lastLines.length === 0 ? `${logFile} is empty` : `the end of ${logFile}:\n    ${lastLines.join('\n    ')}`,
      next: 'make cloud-start',
    },
    EXIT.failed,
  );
}

/** It ended by itself before it answered. */
export function endedAtOnce(exitCode: number | null, logFile: string, lastLines: readonly string[]): ProblemError {
  return new ProblemError(
    {
      code: 'local-cloud-ended',
      what: `the local cloud was started and ended at once with exit code ${exitCode ?? 'none'}`,
      why: lastLines.length === 0 ? `${logFile} is empty` : `the end of ${logFile}:\n    ${lastLines.join('\n    ')}`,
      next: 'make cloud-start',
    },
    EXIT.failed,
  );
}

function otherPort(port: number): number {
  return port === DEFAULT_PORT ? DEFAULT_PORT + 1 : DEFAULT_PORT;
}
