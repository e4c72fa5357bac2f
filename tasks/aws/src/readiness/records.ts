import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { GatedResource, ResourceState } from '@roundtrip/engine';
import { ifThere } from '../if-there.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { GateKind } from './gate-kind.ts';
import { pacedClient } from './paced-client.ts';
import type { RecordPlace } from './record-places.ts';

/** The sets of one name and type, weighted or by region, are few. */
const SETS_OF_NAME_MAX = 100;

/**
 * Route 53 tells how far a change is only to whoever knows its id, and that is CloudFormation. So the records are written
 * once more as they stand: a change of the same records is nowhere before the one that made them.
 */
export function createRecords(
  settings: ClientSettings,
  counter: CallCounter,
  placesOf: (resource: GatedResource) => readonly RecordPlace[],
): GateKind {
  const route53 = pacedClient(Route53Client, 'route53', settings, counter);
  const changes = new Map<string, readonly string[]>();
  return {
    async confirm(resources) {
      const places = resources.flatMap(placesOf);
      const ids = new Map<string, string>();
      for (const zone of new Set(places.map((place) => place.zone))) {
        const id = await writeAgain(route53, zone, places);
        if (id !== undefined) ids.set(zone, id);
      }
      for (const resource of resources) {
        changes.set(
          resource.physicalId,
          placesOf(resource).flatMap(({ zone }) => ids.get(zone) ?? []),
        );
      }
    },
    async look(resources) {
      const pending = new Map<string, boolean>();
      for (const Id of new Set(resources.flatMap(({ physicalId }) => changes.get(physicalId) ?? []))) {
        const answer = await ifThere(() => route53.send(new GetChangeCommand({ Id })));
        pending.set(Id, answer?.ChangeInfo?.Status !== 'INSYNC');
      }
      return new Map(
        resources.map(({ physicalId }): [string, ResourceState] => {
          const isPending = (changes.get(physicalId) ?? []).some((id) => pending.get(id) === true);
          return [physicalId, isPending ? { waits: `record ${physicalId} is not on all name servers` } : 'ready'];
        }),
      );
    },
  };
}

/** @returns the id of the change; undefined where none of the records is there */
async function writeAgain(
  client: Route53Client,
  zone: string,
  places: readonly RecordPlace[],
): Promise<string | undefined> {
  const found: ResourceRecordSet[] = [];
  for (const { name, type } of places.filter((place) => place.zone === zone)) {
    const from = { StartRecordName: name, StartRecordType: type as never, MaxItems: SETS_OF_NAME_MAX };
    const { ResourceRecordSets = [] } = await client.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zone, ...from }),
    );
    found.push(...ResourceRecordSets.filter((set) => plain(set.Name) === plain(name) && set.Type === type));
  }
  if (found.length === 0) return undefined;
  const Changes = [...new Set(found)].map((set) => ({ Action: 'UPSERT' as const, ResourceRecordSet: set }));
  const answer = await client.send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } }),
  );
  return answer.ChangeInfo?.Id;
}

/** Route 53 escapes the asterisk and ends every name with a dot. */
function plain(name = ''): string {
  return name
    .replace(/^\\052/, '*')
    .replace(/\.$/, '')
    .toLowerCase();
}
