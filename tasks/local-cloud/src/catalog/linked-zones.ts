import type { Realm, Table, World } from '../world.ts';
import type { Refusal } from './behaviour.ts';
import { globalRealm } from './realm-of.ts';

/** ARNs of the Cloud Map namespaces that zones belong to, by the zone's id. Other zones are not in it. */
export function zoneOwners(world: World, realm: Realm): Table<string> {
  return world.table<string>('route53.zone-owner', globalRealm(realm));
}

/** What Route 53 says to whoever wants to change a zone that another service manages. */
export function managedByAnother(world: World, realm: Realm, zoneId: string): Refusal | undefined {
  const owner = zoneOwners(world, realm).get(zoneId);
  if (owner === undefined) return undefined;
  return {
    text: `The resource hostedzone/${zoneId} can only be managed through AWS Cloud Map (${owner})`,
    handlerErrorCode: 'AccessDenied',
    code: 'AccessDenied',
    status: 403,
  };
}
