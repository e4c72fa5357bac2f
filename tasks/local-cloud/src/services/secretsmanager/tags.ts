import type * as SecretsManager from '@aws-sdk/client-secrets-manager';
import { changeTags } from '../../catalog/stored-record.ts';
import type { Call, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { livingSecret } from './secret.ts';

export function tagResource(world: World, input: SecretsManager.TagResourceRequest, call: Call): object {
  changeTags(world, call.realm, livingSecret(world, call.realm, input.SecretId), { add: tagMap(input.Tags) });
  return {};
}

export function untagResource(world: World, input: SecretsManager.UntagResourceRequest, call: Call): object {
  changeTags(world, call.realm, livingSecret(world, call.realm, input.SecretId), { without: input.TagKeys ?? [] });
  return {};
}
