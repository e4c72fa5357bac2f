import type { Refusal } from '../behaviour.ts';

/** EFS's HTTP status for each of its codes where it is not 400, and what CloudFormation's handlers make of the code. */
const CODES: Readonly<Record<string, { readonly status?: number; readonly as: Refusal['handlerErrorCode'] }>> = {
  AccessPointAlreadyExists: { status: 409, as: 'AlreadyExists' },
  AccessPointLimitExceeded: { status: 403, as: 'ServiceLimitExceeded' },
  AccessPointNotFound: { status: 404, as: 'NotFound' },
  FileSystemAlreadyExists: { status: 409, as: 'AlreadyExists' },
  FileSystemInUse: { status: 409, as: 'ResourceConflict' },
  FileSystemNotFound: { status: 404, as: 'NotFound' },
  IncorrectFileSystemLifeCycleState: { status: 409, as: 'ResourceConflict' },
  IpAddressInUse: { status: 409, as: 'AlreadyExists' },
  MountTargetConflict: { status: 409, as: 'AlreadyExists' },
  MountTargetNotFound: { status: 404, as: 'NotFound' },
  SecurityGroupLimitExceeded: { as: 'ServiceLimitExceeded' },
  SecurityGroupNotFound: { as: 'NotFound' },
  SubnetNotFound: { as: 'NotFound' },
};

/** What EFS refuses with, by its own code. */
export function efsRefusal(code: string, text: string, members: Readonly<Record<string, string>> = {}): Refusal {
  const { status = 400, as = 'InvalidRequest' } = CODES[code] ?? {};
  return { text, code, status, handlerErrorCode: as, members: { ErrorCode: code, ...members } };
}
