import type * as IAM from '@aws-sdk/client-iam';
import { globalRealm } from '../../catalog/realm-of.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { conflict, encodedDocument, markedPage, noSuchEntity, parsedDocument, policyOf } from './entity.ts';

const VERSIONS_MAX = 5;

interface PolicyVersion {
  readonly id: string;
  readonly document: unknown;
  readonly isDefault: boolean;
  readonly createdAt: number;
}

interface Versions {
  readonly next: number;
  readonly all: readonly PolicyVersion[];
}

const table = (world: World, call: Call) => world.table<Versions>('iam.policy-version', globalRealm(call.realm));

export function createPolicyVersion(
  world: World,
  input: IAM.CreatePolicyVersionRequest,
  call: Call,
): IAM.CreatePolicyVersionResponse {
  const policy = policyOf(world, call, input.PolicyArn);
  const { next, all } = kept(world, call, policy);
  if (all.length >= VERSIONS_MAX) {
    const text =
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.';
    throw new ServiceError('LimitExceededException', text, 409);
  }
  const document = parsedDocument(input.PolicyDocument);
  const version: PolicyVersion = { id: `v${next}`, document, isDefault: false, createdAt: world.now };
  table(world, call).put(policy.id, { next: next + 1, all: [...all, version] });
  if (input.SetAsDefault === true) makeDefault(world, call, policy, version.id);
  return { PolicyVersion: describe({ ...version, isDefault: input.SetAsDefault === true }) };
}

export function getPolicyVersion(
  world: World,
  input: IAM.GetPolicyVersionRequest,
  call: Call,
): IAM.GetPolicyVersionResponse {
  const version = versionOf(world, call, policyOf(world, call, input.PolicyArn), input.VersionId);
  return { PolicyVersion: { ...describe(version), Document: encodedDocument(version.document) } };
}

export function listPolicyVersions(
  world: World,
  input: IAM.ListPolicyVersionsRequest,
  call: Call,
): IAM.ListPolicyVersionsResponse {
  const all = versionsOf(world, call, policyOf(world, call, input.PolicyArn)).toReversed();
  const { items, ...page } = markedPage(all, input);
  return { Versions: items.map(describe), ...page };
}

export function setDefaultPolicyVersion(world: World, input: IAM.SetDefaultPolicyVersionRequest, call: Call): object {
  const policy = policyOf(world, call, input.PolicyArn);
  makeDefault(world, call, policy, versionOf(world, call, policy, input.VersionId).id);
  return {};
}

export function deletePolicyVersion(world: World, input: IAM.DeletePolicyVersionRequest, call: Call): object {
  const policy = policyOf(world, call, input.PolicyArn);
  const version = versionOf(world, call, policy, input.VersionId);
  if (version.isDefault) throw conflict('Cannot delete the default version of a policy.');
  const { next, all } = kept(world, call, policy);
  table(world, call).put(policy.id, { next, all: all.filter(({ id }) => id !== version.id) });
  return {};
}

/** Oldest first. The default one is what the record says, so that a template's change is seen. */
export function versionsOf(world: World, call: Call, policy: Resource): readonly PolicyVersion[] {
  const document = policy.properties['PolicyDocument'];
  return kept(world, call, policy).all.map((each) => (each.isDefault ? { ...each, document } : each));
}

export function forgetVersions(world: World, call: Call, policy: Resource): void {
  table(world, call).delete(policy.id);
}

function kept(world: World, call: Call, policy: Resource): Versions {
  const document = policy.properties['PolicyDocument'];
  const first = { id: 'v1', document, isDefault: true, createdAt: policy.createdAt };
  return table(world, call).get(policy.id) ?? { next: 2, all: [first] };
}

function makeDefault(world: World, call: Call, policy: Resource, id: string): void {
  const { next } = kept(world, call, policy);
  const all = versionsOf(world, call, policy).map((each) => ({ ...each, isDefault: each.id === id }));
  table(world, call).put(policy.id, { next, all });
  setProperties(world, call.realm, policy, { PolicyDocument: all.find((each) => each.id === id)?.document });
}

function versionOf(world: World, call: Call, policy: Resource, id = ''): PolicyVersion {
  const version = versionsOf(world, call, policy).find((each) => each.id === id);
  if (version !== undefined) return version;
  throw noSuchEntity(`Policy ${policy.id} version ${id} does not exist or is not attachable.`);
}

function describe({ id, isDefault, createdAt }: PolicyVersion): IAM.PolicyVersion {
  return { VersionId: id, IsDefaultVersion: isDefault, CreateDate: new Date(createdAt) };
}
