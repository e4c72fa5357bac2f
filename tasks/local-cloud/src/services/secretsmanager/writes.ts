import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { createRecord } from '../../catalog/record.ts';
import { addVersion, CURRENT, putVersions, versionsOf, withLabels } from '../../catalog/secret-versions.ts';
import { setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { findSecret, identityOf, invalidParameter, isDeleted, livingSecret, SECRET } from './secret.ts';

const NAME = /^[\w/+=.@-]{1,512}$/;

interface Value {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
}

export function createSecret(
  world: World,
  input: SecretsManager.CreateSecretRequest,
  call: Call,
): SecretsManager.CreateSecretResponse {
  const { Name = '', Description, KmsKeyId, ClientRequestToken } = input;
  if (!NAME.test(Name)) {
    throw new ServiceError(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    );
  }
  const known = findSecret(world, call.realm, Name);
  // The same request again is answered as the first one was.
  if (known !== undefined && !isDeleted(known) && hasVersion(world, call, known, ClientRequestToken)) {
    return { ...identityOf(known), VersionId: ClientRequestToken };
  }
  const secret = createRecord(world, call.realm, {
    type: SECRET,
    properties: {
      Name,
      ...(Description === undefined ? {} : { Description }),
      ...(KmsKeyId === undefined ? {} : { KmsKeyId }),
    },
    tags: tagMap(input.Tags),
  });
  const VersionId = writeValue(world, call, secret, input, ClientRequestToken);
  return { ...identityOf(secret), ...(VersionId === undefined ? {} : { VersionId }) };
}

export function updateSecret(
  world: World,
  input: SecretsManager.UpdateSecretRequest,
  call: Call,
): SecretsManager.UpdateSecretResponse {
  const secret = livingSecret(world, call.realm, input.SecretId);
  const changed = setProperties(world, call.realm, secret, {
    ...(input.Description === undefined ? {} : { Description: input.Description }),
    ...(input.KmsKeyId === undefined ? {} : { KmsKeyId: input.KmsKeyId }),
  });
  const VersionId = writeValue(world, call, changed, input, input.ClientRequestToken);
  return { ...identityOf(secret), ...(VersionId === undefined ? {} : { VersionId }) };
}

export function putSecretValue(
  world: World,
  input: SecretsManager.PutSecretValueRequest,
  call: Call,
): SecretsManager.PutSecretValueResponse {
  const secret = livingSecret(world, call.realm, input.SecretId);
  const VersionId = writeValue(world, call, secret, input, input.ClientRequestToken, input.VersionStages);
  if (VersionId === undefined) throw invalidParameter('You must provide either SecretString or SecretBinary.');
  const version = versionsOf(world, call.realm, secret).find(({ id }) => id === VersionId);
  return { ...identityOf(secret), VersionId, VersionStages: [...(version?.stages ?? [])] };
}

export function updateSecretVersionStage(
  world: World,
  input: SecretsManager.UpdateSecretVersionStageRequest,
  call: Call,
): SecretsManager.UpdateSecretVersionStageResponse {
  const secret = livingSecret(world, call.realm, input.SecretId);
  const { VersionStage = '', MoveToVersionId: to, RemoveFromVersionId: from } = input;
  const versions = versionsOf(world, call.realm, secret);
  const holder = versions.find(({ stages }) => stages.includes(VersionStage));
  if (holder !== undefined && holder.id !== to && holder.id !== from) {
    const text =
      `The parameter RemoveFromVersionId can't be empty. Staging label ${VersionStage} is currently attached to ` +
      `version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`;
    throw invalidParameter(text);
  }
  if (to === undefined && VersionStage === CURRENT) {
    throw invalidParameter('You can only move staging label AWSCURRENT to a different secret version.');
  }
  const bare = versions.map((each) =>
    to === undefined && each.id === from
      ? { ...each, stages: each.stages.filter((stage) => stage !== VersionStage) }
      : each,
  );
  putVersions(
    world,
    call.realm,
    secret,
    to === undefined ? bare : withLabels(bare, { id: to, stages: [VersionStage] }),
  );
  const current = versionsOf(world, call.realm, secret).find(({ stages }) => stages.includes(CURRENT));
  setProperties(world, call.realm, secret, { SecretString: current?.text });
  return identityOf(secret);
}

/** Out: the version's id; undefined where there is no value. */
function writeValue(
  world: World,
  call: Call,
  secret: Resource,
  { SecretString, SecretBinary }: Value,
  token: string | undefined,
  stages: readonly string[] = [CURRENT],
): string | undefined {
  if (SecretString === undefined && SecretBinary === undefined) return undefined;
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  const id = token ?? world.uuid();
  const value = {
    ...(SecretString === undefined ? {} : { text: SecretString }),
    ...(SecretBinary === undefined ? {} : { binary: Buffer.from(SecretBinary).toString('base64') }),
  };
  const known = versionsOf(world, call.realm, secret).find((version) => version.id === id);
  if (known === undefined) addVersion(world, call.realm, secret, { id, ...value, stages });
  else if (known.text !== SecretString || known.binary !== ('binary' in value ? value.binary : undefined)) {
    throw new ServiceError(
      'ResourceExistsException',
      `The operation failed because the version ${id} already exists, with another value.`,
    );
  }
  return id;
}

function hasVersion(world: World, call: Call, secret: Resource, token: string | undefined): boolean {
  return token !== undefined && versionsOf(world, call.realm, secret).some(({ id }) => id === token);
}
