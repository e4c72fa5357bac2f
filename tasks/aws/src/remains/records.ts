import {
  ListResourceRecordSetsCommand,
  paginateListHostedZones,
  Route53Client,
  type ListResourceRecordSetsCommandInput,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { CloudError } from '@roundtrip/engine';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { partitionOf, type Scope, type Sighting } from './sighting.ts';

/** Route 53 takes five requests a second from an account: more zones than these are not looked through. */
const ZONES_MAX = 50;
/** A page is three hundred records. */
const PAGES_MAX = 20;

/**
 * Records in zones that are not the environment's own, with names of the environment or pointing at things that had
 * them: an alias of a load balancer that is gone. What is in its own zone goes with that zone.
 */
export async function findRecords(
  settings: ClientSettings,
  counter: CallCounter,
  scope: Scope,
): Promise<readonly Sighting[]> {
  const client = clientOf(Route53Client, 'route53', settings, counter);
  const zones: string[] = [];
  for await (const { HostedZones = [] } of paginateListHostedZones({ client }, {})) {
    zones.push(...HostedZones.map(({ Id = '' }) => Id.replace('/hostedzone/', '')));
  }
  const foreign = zones.filter((zone) => scope.taggedAs.get(zoneArn(zone, scope)) === undefined);
  if (foreign.length > ZONES_MAX) throw tooMany(`${foreign.length} hosted zones`);
  const found: Sighting[] = [];
  for (const zone of foreign) found.push(...(await recordsOf(client, zone, scope)));
  return found;
}

async function recordsOf(client: Route53Client, zone: string, scope: Scope): Promise<Sighting[]> {
  const found: Sighting[] = [];
  let from: Partial<ListResourceRecordSetsCommandInput> = {};
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone, ...from }));
    for (const record of answer.ResourceRecordSets ?? []) {
      if (record.Type === 'SOA' || record.Type === 'NS') continue;
      const id = `${record.Name ?? ''} ${record.Type ?? ''}`;
      const arn = `${zoneArn(zone, scope)} ${id}`;
      found.push({ arn, type: 'AWS::Route53::RecordSet', id, names: namesOf(record) });
    }
    if (answer.IsTruncated !== true) return found;
    from = {
      StartRecordName: answer.NextRecordName,
      StartRecordType: answer.NextRecordType,
      StartRecordIdentifier: answer.NextRecordIdentifier,
    };
  }
  throw tooMany(`the records of hosted zone ${zone}`);
}

/** Every label: that of a load balancer is the second in `dualstack.stage-cluster-1234.eu-west-1.elb.amazonaws.com`. */
function namesOf({ Name = '', AliasTarget, ResourceRecords = [] }: ResourceRecordSet): string[] {
  const targets = ResourceRecords.map(({ Value = '' }) => Value);
  return [Name, AliasTarget?.DNSName ?? '', ...targets].flatMap((one) => one.split('.'));
}

function zoneArn(zone: string, { region }: Scope): string {
  return `arn:${partitionOf(region)}:route53:::hostedzone/${zone}`;
}

/** Nothing is proved by half a look. */
function tooMany(what: string): CloudError {
  return new CloudError('invalid', 'TooMuchToLookThrough', `${what} are more than a sweep looks through`);
}
