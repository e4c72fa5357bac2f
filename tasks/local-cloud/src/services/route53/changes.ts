import type * as Route53 from '@aws-sdk/client-route-53';
import { randomSuffix } from '../../catalog/names.ts';
import { globalRealm } from '../../catalog/realm-of.ts';
import { drawSeconds } from '../../catalog/seconds.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';

/** A batch of changes on its way to every name server. */
interface Change {
  readonly id: string;
  readonly submittedAt: number;
  readonly insyncAt: number;
  readonly comment?: string;
}

/** From PENDING to INSYNC. */
const SPREADING_SECONDS = [35, 45, 60] as const;
/** How long a zone takes no other change after one: AWS gives no figure. EST. */
const BUSY_MS = { min: 300, more: 700 };

const changes = (world: World, realm: Realm) => world.table<Change>('route53.change', globalRealm(realm));
const busy = (world: World, realm: Realm) => world.table<number>('route53.busy-until', globalRealm(realm));

export function getChange(world: World, input: Route53.GetChangeRequest, call: Call): Route53.GetChangeResponse {
  const id = (input.Id ?? '').replace('/change/', '');
  const change = changes(world, call.realm).get(id);
  if (change === undefined) throw new ServiceError('NoSuchChange', `Could not find resource with ID: ${id}`, 404);
  return { ChangeInfo: describe(world, change) };
}

export function startChange(world: World, realm: Realm, comment?: string): Route53.ChangeInfo {
  const change: Change = {
    id: `C${randomSuffix(world, 20)}`,
    submittedAt: world.now,
    insyncAt: world.now + Math.round(drawSeconds(SPREADING_SECONDS, world.random()) * 1000),
    ...(comment === undefined ? {} : { comment }),
  };
  changes(world, realm).put(change.id, change);
  return describe(world, change);
}

/** Takes the zone for one change. @throws ServiceError PriorRequestNotComplete where it is still taken */
export function occupyZone(world: World, realm: Realm, zone: string): void {
  if ((busy(world, realm).get(zone) ?? 0) > world.now) {
    const text = 'The request was rejected because Route 53 was still processing a prior request.';
    throw new ServiceError('PriorRequestNotComplete', text);
  }
  busy(world, realm).put(zone, world.now + BUSY_MS.min + Math.floor(world.random() * BUSY_MS.more));
}

export function forgetZone(world: World, realm: Realm, zone: string): void {
  busy(world, realm).delete(zone);
}

function describe(world: World, { id, submittedAt, insyncAt, comment }: Change): Route53.ChangeInfo {
  return {
    Id: `/change/${id}`,
    Status: world.now < insyncAt ? 'PENDING' : 'INSYNC',
    SubmittedAt: new Date(submittedAt),
    ...(comment === undefined ? {} : { Comment: comment }),
  };
}
