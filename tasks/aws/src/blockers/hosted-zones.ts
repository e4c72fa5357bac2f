import {
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type ListResourceRecordSetsCommandInput,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { formatCount } from '@roundtrip/view';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { batches } from './batches.ts';
import { ifThere } from '../if-there.ts';
import type { BlockerKind } from './kind.ts';
import { listOf } from './list-of.ts';
import type { StackFacts } from './stack-facts.ts';

/** ChangeResourceRecordSets takes 32,000 characters of values: so many public keys of some 400 fit. */
const BATCH_RECORDS = 50;
const RECORD = 'AWS::Route53::RecordSet';
const RECORD_GROUP = 'AWS::Route53::RecordSetGroup';

interface ZoneRecords {
  /** With the dot at its end. */
  readonly name: string;
  /** What no stack of this region holds. */
  readonly unowned: readonly ResourceRecordSet[];
  /** By names of other stacks: theirs to delete. */
  readonly holders: readonly string[];
}

/**
 * Route 53 deletes no zone with other records in it than its own NS and SOA. Whatever a stack holds is left to that
 * stack; a record that certificates, controllers or people have written is nobody's.
 */
export function createHostedZones(settings: ClientSettings, counter: CallCounter, facts: StackFacts): BlockerKind {
  const route53 = clientOf(Route53Client, 'route53', settings, counter);
  const read = async (zone: string, stack: string) => await ifThere(() => zoneRecords(route53, facts, zone, stack));
  return {
    async look({ physicalId }, { stack, isStuck }) {
      const zone = await read(physicalId, stack);
      if (zone === undefined) return [];
      const { name, unowned, holders } = zone;
      const findings = unowned.length === 0 ? [] : [{ what: ownerless(name, unowned.length) }];
      // Before the delete has failed on them they may be on their way out with their own stacks.
      if (!isStuck || holders.length === 0) return findings;
      const list = listOf(holders);
      const what = `zone ${name} has records that other stacks hold: ${list}`;
      return [...findings, { what, next: 'delete those stacks, or their records, first' }];
    },
    async clear({ physicalId, stack }, mayWrite) {
      const unowned = (await read(physicalId, stack))?.unowned ?? [];
      for (const batch of batches(unowned, BATCH_RECORDS)) {
        await mayWrite();
        const changes = batch.map((record) => ({ Action: 'DELETE' as const, ResourceRecordSet: record }));
        const input = { HostedZoneId: physicalId, ChangeBatch: { Changes: changes } };
        await ifThere(() => route53.send(new ChangeResourceRecordSetsCommand(input)));
      }
    },
  };
}

function ownerless(zone: string, count: number): string {
  return `zone ${zone} has ${formatCount(count, 'record')} that no stack owns`;
}

async function zoneRecords(
  client: Route53Client,
  facts: StackFacts,
  zone: string,
  stack: string,
): Promise<ZoneRecords> {
  const name = (await client.send(new GetHostedZoneCommand({ Id: zone }))).HostedZone?.Name ?? zone;
  const records = (await allRecords(client, zone)).filter((record) => !isApex(record, name));
  if (records.length === 0) return { name, unowned: [], holders: [] };
  const held = await facts.resources(stack);
  // Which records a group has made, its physical id does not say; it goes before the zone.
  if (held.some(({ type }) => type === RECORD_GROUP)) return { name, unowned: [], holders: [] };
  const own = new Set(held.filter(({ type }) => type === RECORD).map(({ physicalId }) => plain(physicalId)));
  const strange = records.filter((record) => !own.has(plain(record.Name ?? '')));
  const holders = new Map<string, string>();
  for (const one of new Set(strange.map((record) => plain(record.Name ?? '')))) {
    const holder = (await facts.holder(one)) ?? (await facts.holder(`${one}.`));
    if (holder !== undefined) holders.set(one, holder);
  }
  return {
    name,
    unowned: strange.filter((record) => !holders.has(plain(record.Name ?? ''))),
    holders: [...new Set(holders.values())].sort(),
  };
}

async function allRecords(client: Route53Client, zone: string): Promise<readonly ResourceRecordSet[]> {
  const found: ResourceRecordSet[] = [];
  let from: Omit<ListResourceRecordSetsCommandInput, 'HostedZoneId'> = {};
  for (;;) {
    const page = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone, ...from }));
    found.push(...(page.ResourceRecordSets ?? []));
    if (page.IsTruncated !== true) return found;
    const { NextRecordName, NextRecordType, NextRecordIdentifier } = page;
    from = {
      StartRecordName: NextRecordName,
      StartRecordType: NextRecordType,
      StartRecordIdentifier: NextRecordIdentifier,
    };
  }
}

function isApex({ Name, Type }: ResourceRecordSet, zone: string): boolean {
  return Name === zone && (Type === 'NS' || Type === 'SOA');
}

/** As templates write names: Route 53 escapes the asterisk and ends every name with a dot. */
function plain(name: string): string {
  return name
    .replace(/^\\052/, '*')
    .replace(/\.$/, '')
    .toLowerCase();
}
