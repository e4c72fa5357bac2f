import type { ObservedStack } from '@roundtrip/engine';
import { isRecord } from '@roundtrip/template';
import type { HeldResource } from '../blockers/kind.ts';
import { evaluatedResources } from '../evaluated-resources.ts';

/** Where a record is: CloudFormation names it by its domain name alone. */
export interface RecordPlace {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
}

/**
 * The places of the records that each resource of a stack has made, by logical id, as its template and its parameters
 * say. What only the account could tell (an import, a zone that is given by its name) is left out.
 */
export function recordPlaces(
  templateBody: string,
  { name, id, parameters }: ObservedStack,
  held: readonly HeldResource[],
): ReadonlyMap<string, readonly RecordPlace[]> {
  const physicalIds = new Map(held.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  const resources = evaluatedResources({ name, templateBody, parameters }, { 'AWS::StackId': id }, physicalIds);
  return new Map(resources.map(({ logicalId, properties }) => [logicalId, placesIn(properties)]));
}

/** Of a RecordSet itself, or of the list of a RecordSetGroup. */
function placesIn(properties: Readonly<Record<string, unknown>>): RecordPlace[] {
  const { RecordSets: list } = properties;
  const sets: readonly unknown[] = Array.isArray(list) ? list : [properties];
  return sets.flatMap((set) => {
    if (!isRecord(set)) return [];
    const { HostedZoneId: zone = properties['HostedZoneId'], Name: name, Type: type } = set;
    if (typeof zone !== 'string' || typeof name !== 'string' || typeof type !== 'string') return [];
    return [{ zone, name, type }];
  });
}
