import type { Realm } from '../world.ts';

const GLOBAL_SERVICES: ReadonlySet<string> = new Set(['IAM', 'Route53', 'CloudFront', 'Organizations']);

/** Where a type's records live: global services know no region. */
export function realmOf(type: string, realm: Realm): Realm {
  const service = type.split('::')[1] ?? '';
  return GLOBAL_SERVICES.has(service) ? globalRealm(realm) : realm;
}

/** Where the records of global services live. */
export function globalRealm({ account }: Realm): Realm {
  return { account, region: 'global' };
}
