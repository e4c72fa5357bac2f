import { ProblemError } from '@roundtrip/problem';

/** A mistake that is found while a template is evaluated; `what` is as CloudFormation words it. */
export function templateError(what: string): ProblemError {
  return new ProblemError({ code: 'template-error', what });
}
