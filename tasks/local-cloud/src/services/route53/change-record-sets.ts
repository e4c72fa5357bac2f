import { isDeepStrictEqual } from 'node:util';
import type * as Route53 from '@aws-sdk/client-route-53';
import { managedByAnother } from '../../catalog/linked-zones.ts';
import { serviceError } from '../../catalog/record.ts';
import { RECORD_SET, recordSetId, recordSetWords } from '../../catalog/record-sets.ts';
import type { RecordSetProperties } from '../../catalog/record-sets.ts';
import { putRecordSet } from '../../catalog/route53.ts';
import { dropRecord, findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { occupyZone, startChange } from './changes.ts';
import { describeRecordSet, propertiesOf } from './record-set-shape.ts';
import { recordSetProblem, shapeProblem, zoneProblems } from './record-set-rules.ts';
import { hostedZone } from './zone.ts';

const CHANGES_MAX = 1000;

/**
 * All changes of a batch or none: a refusal leaves no trace, since the store takes back what a failed request did.
 *
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export function changeRecordSets(
  world: World,
  input: Route53.ChangeResourceRecordSetsRequest,
  call: Call,
): Route53.ChangeResourceRecordSetsResponse {
  const zone = hostedZone(world, call.realm, input.HostedZoneId);
  const managed = managedByAnother(world, call.realm, zone.id);
  if (managed !== undefined) throw serviceError(managed);
  const changes = input.ChangeBatch?.Changes ?? [];
  for (const change of changes) checkShape(change);
  if (changes.length > CHANGES_MAX) {
    throw invalid([`Number of records limit of ${CHANGES_MAX} exceeded.`]);
  }
  occupyZone(world, call.realm, zone.id);
  const problems = changes.map((change) => applyChange(world, call, zone, change));
  const found = [...problems, ...zoneProblems(world, call.realm, zone)].filter((each) => each !== undefined);
  if (found.length > 0) throw invalid(found);
  return { ChangeInfo: startChange(world, call.realm, input.ChangeBatch?.Comment) };
}

/** Out: what Route 53 says against it. */
function applyChange(world: World, call: Call, zone: Resource, change: Route53.Change): string | undefined {
  const properties = propertiesOf(change.ResourceRecordSet ?? { Name: '', Type: 'A' });
  const id = recordSetId(zone.id, properties);
  const known = findRecord(world, call.realm, RECORD_SET, id);
  if (change.Action === 'DELETE') {
    const problem = deleteProblem(known, properties);
    if (problem === undefined) dropRecord(world, call.realm, { type: RECORD_SET, id });
    return problem;
  }
  if (change.Action === 'CREATE' && known !== undefined) {
    return `Tried to create ${recordSetWords(properties)} but it already exists`;
  }
  const problem = recordSetProblem(world, call.realm, zone, properties);
  if (problem === undefined) putRecordSet(world, call.realm, zone.id, properties);
  return problem;
}

/** A delete has to give the record set as it is, to the last value. */
function deleteProblem(known: Resource | undefined, properties: RecordSetProperties): string | undefined {
  const words = `Tried to delete ${recordSetWords(properties)}`;
  if (known === undefined) return `${words} but it was not found`;
  const given = describeRecordSet({ ...known, properties });
  return isDeepStrictEqual(inOrder(given), inOrder(describeRecordSet(known)))
    ? undefined
    : `${words} but the values provided do not match the current values`;
}

/** The order of a record set's values says nothing. */
function inOrder(set: Route53.ResourceRecordSet): Route53.ResourceRecordSet {
  const values = set.ResourceRecords?.map(({ Value = '' }) => Value).toSorted();
  return values === undefined ? set : { ...set, ResourceRecords: values.map((Value) => ({ Value })) };
}

function checkShape(change: Route53.Change): void {
  const problem = shapeProblem(change);
  if (problem !== undefined) throw new ServiceError('InvalidInput', `Invalid request: ${problem}`);
}

function invalid(problems: readonly string[]): ServiceError {
  return new ServiceError('InvalidChangeBatch', `[${problems.join(', ')}]`);
}
