import type { CloudError } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import type { OpenEnvironment } from './open-environment.ts';

/** What stands between the caller and the account, in plain words: exit code 3, for nothing has been written so far. */
export function accessProblem(error: CloudError, open: OpenEnvironment): ProblemError {
  return new ProblemError(problemOf(error, open), EXIT.refused, { cause: error });
}

function problemOf(error: CloudError, open: OpenEnvironment): Problem {
  if (error.kind === 'network') return unreachable(error, open);
  if (error.code.startsWith('ExpiredToken')) return expired(error);
  if (error.kind === 'credentials') return noCredentials(error, open);
  if (error.kind === 'denied') return denied(error, open);
  return {
    code: 'no-answer',
    what: `AWS gives no answer that helps: ${error.message} (${error.code})`,
    why: 'nothing is written before the account has shown who it is and which stacks it has',
    next: 'try again; if it stays: aws cloudformation describe-stacks',
  };
}

function unreachable(error: CloudError, { environment, settings }: OpenEnvironment): Problem {
  if (settings.endpoint === undefined) {
    return {
      code: 'unreachable',
      what: `Cannot reach AWS in ${environment.facts.region} (${error.code})`,
      why: 'the network, a proxy or a name server is in the way',
      next: 'check the network and HTTPS_PROXY, then try again',
    };
  }
  return {
    code: 'unreachable',
    what: `Cannot reach ${settings.endpoint} (${error.code})`,
    why: 'nothing answers at that address',
    next: 'check AWS_ENDPOINT_URL, or unset it, then try again',
  };
}

function expired(error: CloudError): Problem {
  return {
    code: 'expired-credentials',
    what: 'The AWS credentials have expired',
    why: error.message,
    next: 'sign in again (for instance: aws sso login), then repeat the command',
  };
}

function noCredentials(error: CloudError, { environment }: OpenEnvironment): Problem {
  return {
    code: 'no-credentials',
    what: `No usable AWS credentials: ${error.message}`,
    why: `${environment.file} says cloud: aws, and the SDK looked at the environment, the profile and the instance role`,
    next: 'set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then repeat the command',
  };
}

/** AWS words a role that may not be assumed like any other lack of rights; only the action tells the two apart. */
function denied(error: CloudError, { environment }: OpenEnvironment): Problem {
  const { role, file } = environment;
  if (role !== undefined && error.message.includes('sts:AssumeRole')) {
    return {
      code: 'role-denied',
      what: `Cannot assume the role ${role}: ${error.message}`,
      next: `check the role's trust policy, or role: in ${file}`,
    };
  }
  return {
    code: 'denied',
    what: `AWS refuses to show the account's stacks: ${error.message}`,
    next:
      role === undefined
        ? 'use credentials with more rights (AWS_PROFILE)'
        : `give the role ${role} cloudformation:DescribeStacks`,
  };
}
