import { ServiceError } from '../../world.ts';

/** CloudFormation's own code for nearly everything that a caller can do wrong. */
export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}

/** The SDK models' constraints, worded as the front door of every query service words them. */
export function constraintError(value: string, member: string, constraint: string): ServiceError {
  return validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}
