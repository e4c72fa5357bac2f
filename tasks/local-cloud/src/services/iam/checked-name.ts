import { ServiceError } from '../../world.ts';

/** A name as IAM takes it. @throws ServiceError ValidationError */
export function checkedName(member: string, name: string | undefined, lengthMax: number): string {
  const given = name ?? '';
  if (given.length > lengthMax) {
    throw invalid(member, given, `have length less than or equal to ${lengthMax}`);
  }
  if (!/^[\w+=,.@-]+$/.test(given)) throw invalid(member, given, 'satisfy regular expression pattern: [\\w+=,.@-]+');
  return given;
}

function invalid(member: string, given: string, must: string): ServiceError {
  const text = `1 validation error detected: Value '${given}' at '${member}' failed to satisfy constraint: Member must ${must}`;
  return new ServiceError('ValidationError', text);
}
