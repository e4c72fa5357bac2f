import type { ObservedStack } from '@roundtrip/engine';
import {
  evaluate,
  evaluateConditions,
  expandWith,
  isRecord,
  parseTemplate,
  resolveParameters,
  UNKNOWN,
  unmadeScope,
} from '@roundtrip/template';
import type { HeldResource } from '../blockers/kind.ts';

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
  stack: ObservedStack,
  held: readonly HeldResource[],
): ReadonlyMap<string, readonly RecordPlace[]> {
  const pseudo = { 'AWS::StackName': stack.name, 'AWS::StackId': stack.id };
  const { template } = expandWith(parseTemplate(templateBody, stack.name), stack.parameters, pseudo);
  const { values: parameters } = resolveParameters(template, stack.parameters);
  const conditions = evaluateConditions(template, { parameters, pseudo });
  const physicalIds = new Map(held.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
  const scope = {
    ...unmadeScope({ parameters, pseudo, conditions, mappings: template.Mappings ?? {} }),
    ref: (logicalId: string): unknown => physicalIds.get(logicalId) ?? UNKNOWN,
  };
  return new Map(
    held.map(({ logicalId }) => {
      const properties: unknown = evaluate(template.Resources[logicalId]?.Properties ?? {}, scope);
      return [logicalId, isRecord(properties) ? placesIn(properties) : []];
    }),
  );
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
