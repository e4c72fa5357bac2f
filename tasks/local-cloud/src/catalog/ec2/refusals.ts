import type { Refusal } from '../behaviour.ts';

/** CloudFormation's handlers ask for some twenty minutes whether what is in the way has gone. EST. */
const RETRY_SECONDS = 1200;

/** Something else is still in the way. */
export function dependencyViolation(text: string): Refusal {
  return { text, handlerErrorCode: 'InvalidRequest', code: 'DependencyViolation', retrySeconds: RETRY_SECONDS };
}

/** `The subnet 'subnet-…' has dependencies and cannot be deleted.` */
export function hasDependencies(noun: string, id: string): Refusal {
  return dependencyViolation(`The ${noun} '${id}' has dependencies and cannot be deleted.`);
}

export function invalid(code: string, text: string): Refusal {
  return { text, handlerErrorCode: 'InvalidRequest', code };
}

export function alreadyThere(code: string, text: string): Refusal {
  return { text, handlerErrorCode: 'AlreadyExists', code };
}

export function overLimit(code: string, text: string): Refusal {
  return { text, handlerErrorCode: 'ServiceLimitExceeded', code };
}

/** The first reason against something, asked in the order in which AWS looks. */
export function firstOf(...reasons: readonly (() => Refusal | undefined)[]): Refusal | undefined {
  for (const reason of reasons) {
    const refusal = reason();
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
