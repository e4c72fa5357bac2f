import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Due, Realm, World } from '../../world.ts';

export const FORGET_TOKEN = 'ec2.forget-token';
const KEPT_MS = 86_400_000;

interface Made {
  readonly request: string;
  readonly records: readonly { readonly type: string; readonly id: string }[];
}

/**
 * Makes what a request asks for, or finds what the same request has made before: a client that was not answered asks
 * again with the same token. Tokens are kept for a day.
 *
 * @throws ServiceError IdempotentParameterMismatch for a token that came with another request
 */
export function madeOnce(
  world: World,
  realm: Realm,
  input: { readonly ClientToken?: string | undefined },
  make: () => readonly Resource[],
): readonly Resource[] {
  const { ClientToken: token } = input;
  if (token === undefined || token === '') return make();
  const table = world.table<Made>('ec2.client-token', realm);
  const request = JSON.stringify(input);
  const known = table.get(token);
  if (known === undefined) {
    const made = make();
    table.put(token, { request, records: made.map(({ type, id }) => ({ type, id })) });
    world.later(KEPT_MS, { kind: FORGET_TOKEN, realm, payload: { token } });
    return made;
  }
  if (known.request !== request) {
    const text =
      'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token ' +
      'with different requests, unless the requests are identical.';
    throw new ServiceError('IdempotentParameterMismatch', text);
  }
  return known.records.flatMap(({ type, id }) => findRecord(world, realm, type, id) ?? []);
}

/** Handles the end of a token's day. */
export function forgetToken(world: World, { realm, payload }: Due): void {
  world.table<Made>('ec2.client-token', realm).delete(String(payload['token']));
}
