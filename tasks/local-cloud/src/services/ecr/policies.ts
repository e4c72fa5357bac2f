import type * as ECR from '@aws-sdk/client-ecr';
import { setProperties } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { policyText, repositoryOf } from './repository.ts';
import type { FoundRepository } from './repository.ts';

export function getRepositoryPolicy(
  world: World,
  input: ECR.GetRepositoryPolicyRequest,
  call: Call,
): ECR.GetRepositoryPolicyResponse {
  return repositoryPolicy(repositoryOf(world, call, input, 'GetRepositoryPolicy'));
}

export function setRepositoryPolicy(
  world: World,
  input: ECR.SetRepositoryPolicyRequest,
  call: Call,
): ECR.SetRepositoryPolicyResponse {
  const { realm, record } = repositoryOf(world, call, input, 'SetRepositoryPolicy');
  const policy = parsed(input.policyText, 'PolicyText');
  return repositoryPolicy({ realm, record: setProperties(world, realm, record, { RepositoryPolicyText: policy }) });
}

export function deleteRepositoryPolicy(
  world: World,
  input: ECR.DeleteRepositoryPolicyRequest,
  call: Call,
): ECR.DeleteRepositoryPolicyResponse {
  const repository = repositoryOf(world, call, input, 'DeleteRepositoryPolicy');
  const before = repositoryPolicy(repository);
  setProperties(world, repository.realm, repository.record, { RepositoryPolicyText: undefined });
  return before;
}

export function getLifecyclePolicy(
  world: World,
  input: ECR.GetLifecyclePolicyRequest,
  call: Call,
): ECR.GetLifecyclePolicyResponse {
  return lifecyclePolicy(repositoryOf(world, call, input, 'GetLifecyclePolicy'));
}

export function putLifecyclePolicy(
  world: World,
  input: ECR.PutLifecyclePolicyRequest,
  call: Call,
): ECR.PutLifecyclePolicyResponse {
  const { realm, record } = repositoryOf(world, call, input, 'PutLifecyclePolicy');
  parsed(input.lifecyclePolicyText, 'LifecyclePolicyText');
  const LifecyclePolicy = { LifecyclePolicyText: input.lifecyclePolicyText };
  return lifecyclePolicy({ realm, record: setProperties(world, realm, record, { LifecyclePolicy }) });
}

export function deleteLifecyclePolicy(
  world: World,
  input: ECR.DeleteLifecyclePolicyRequest,
  call: Call,
): ECR.DeleteLifecyclePolicyResponse {
  const repository = repositoryOf(world, call, input, 'DeleteLifecyclePolicy');
  const before = lifecyclePolicy(repository);
  setProperties(world, repository.realm, repository.record, { LifecyclePolicy: undefined });
  return before;
}

function repositoryPolicy({ record, realm }: FoundRepository): ECR.GetRepositoryPolicyResponse {
  const text = policyText(record.properties['RepositoryPolicyText']);
  if (text === undefined) throw missing('Repository policy', 'RepositoryPolicyNotFoundException', { record, realm });
  return { registryId: realm.account, repositoryName: record.id, policyText: text };
}

function lifecyclePolicy({ record, realm }: FoundRepository): ECR.GetLifecyclePolicyResponse {
  const policy = record.properties['LifecyclePolicy'] as { LifecyclePolicyText?: unknown } | undefined;
  const text = policyText(policy?.LifecyclePolicyText);
  if (text === undefined) throw missing('Lifecycle policy', 'LifecyclePolicyNotFoundException', { record, realm });
  return { registryId: realm.account, repositoryName: record.id, lifecyclePolicyText: text };
}

function missing(what: string, code: string, { record, realm }: FoundRepository): ServiceError {
  const where = `the repository with name '${record.id}' in the registry with id '${realm.account}'`;
  return new ServiceError(code, `${what} does not exist for ${where}`);
}

function parsed(text = '', parameter: string): object {
  try {
    const policy: unknown = JSON.parse(text);
    if (typeof policy === 'object' && policy !== null) return policy;
  } catch {
    // Said below, in ECR's words.
  }
  throw new ServiceError(
    'InvalidParameterException',
    `Invalid parameter at '${parameter}' failed to satisfy constraint: 'Invalid repository policy provided'`,
  );
}
