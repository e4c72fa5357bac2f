import type * as EFS from '@aws-sdk/client-efs';
import { backupOf, fileSystemStates } from '../../catalog/efs/file-system.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { availableFileSystem, badRequest, fileSystemOf } from './find.ts';
import { changeFileSystem } from './update-file-system.ts';

const POLICY_LENGTH_MAX = 20_000;

/** An empty list takes the configuration away. */
export function putLifecycleConfiguration(
  world: World,
  { FileSystemId, LifecyclePolicies = [] }: EFS.PutLifecycleConfigurationRequest,
  { realm }: Call,
): EFS.LifecycleConfigurationDescription {
  const record = availableFileSystem(world, realm, FileSystemId);
  const names = LifecyclePolicies.map((policy) => Object.keys(policy));
  // One transition to a policy, and each of the three but once.
  if (names.some(({ length }) => length !== 1) || new Set(names.flat()).size !== names.length) {
    throw badRequest('One or more LifecyclePolicy objects specified are malformed.');
  }
  setProperties(world, realm, record, { LifecyclePolicies });
  return { LifecyclePolicies };
}

export function describeLifecycleConfiguration(
  world: World,
  input: EFS.DescribeLifecycleConfigurationRequest,
  { realm }: Call,
): EFS.LifecycleConfigurationDescription {
  const { properties } = fileSystemOf(world, realm, input.FileSystemId);
  return { LifecyclePolicies: (properties['LifecyclePolicies'] ?? []) as EFS.LifecyclePolicy[] };
}

export function putFileSystemPolicy(
  world: World,
  input: EFS.PutFileSystemPolicyRequest,
  { realm }: Call,
): EFS.FileSystemPolicyDescription {
  const record = availableFileSystem(world, realm, input.FileSystemId);
  const FileSystemPolicy = parsed(input.Policy);
  return policyView(setProperties(world, realm, record, { FileSystemPolicy }));
}

export function describeFileSystemPolicy(
  world: World,
  input: EFS.DescribeFileSystemPolicyRequest,
  { realm }: Call,
): EFS.FileSystemPolicyDescription {
  return policyView(fileSystemOf(world, realm, input.FileSystemId));
}

export function deleteFileSystemPolicy(
  world: World,
  input: EFS.DeleteFileSystemPolicyRequest,
  { realm }: Call,
): object {
  const record = availableFileSystem(world, realm, input.FileSystemId);
  setProperties(world, realm, record, { FileSystemPolicy: undefined });
  return {};
}

export function putBackupPolicy(
  world: World,
  input: EFS.PutBackupPolicyRequest,
  { realm }: Call,
): EFS.BackupPolicyDescription {
  const record = availableFileSystem(world, realm, input.FileSystemId);
  const status = input.BackupPolicy?.Status ?? '';
  if (status !== 'ENABLED' && status !== 'DISABLED') throw badRequest(`Backup policy cannot be set to ${status}.`);
  return backupView(world, realm, changeFileSystem(world, realm, record, { BackupPolicy: { Status: status } }));
}

export function describeBackupPolicy(
  world: World,
  input: EFS.DescribeBackupPolicyRequest,
  { realm }: Call,
): EFS.BackupPolicyDescription {
  return backupView(world, realm, fileSystemOf(world, realm, input.FileSystemId));
}

function backupView(world: World, realm: Realm, record: Resource): EFS.BackupPolicyDescription {
  const status = backupOf(record);
  if (status === undefined) throw policyNotFound(`File system '${record.id}' has no backup policy.`);
  const isSettled = world.now >= (fileSystemStates(world, realm).get(record.id)?.backupSettlesAt ?? 0);
  const settling = status === 'ENABLED' ? 'ENABLING' : 'DISABLING';
  return { BackupPolicy: { Status: isSettled ? (status as EFS.Status) : settling } };
}

function policyView({ id, properties }: Resource): EFS.FileSystemPolicyDescription {
  const policy = properties['FileSystemPolicy'];
  if (policy === undefined) throw policyNotFound(`File system '${id}' has no policy.`);
  return { FileSystemId: id, Policy: typeof policy === 'string' ? policy : JSON.stringify(policy) };
}

function policyNotFound(text: string): ServiceError {
  return new ServiceError('PolicyNotFound', text, 404);
}

function parsed(text = ''): object {
  try {
    const policy: unknown = JSON.parse(text);
    const isPolicy = typeof policy === 'object' && policy !== null && 'Statement' in policy;
    if (isPolicy && text.length <= POLICY_LENGTH_MAX) return policy;
  } catch {
    // Said below, in EFS's words.
  }
  throw new ServiceError('InvalidPolicyException', 'Policy document is malformed or contains an error.');
}
