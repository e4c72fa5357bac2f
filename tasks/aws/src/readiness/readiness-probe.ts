import type { GatedResource, ObservedStack, ReadinessProbe, ResourceState } from '@roundtrip/engine';
import type { HeldResource } from '../blockers/kind.ts';
import { createStackFacts, type StackFacts } from '../blockers/stack-facts.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import { classed } from '../cloud-error.ts';
import { gateTable, RECORD_TYPES, type GateRow } from './gate-table.ts';
import type { RecordPlace } from './record-places.ts';

/** A stack within the stack, whose resources stand in its own list. */
const NESTED = 'AWS::CloudFormation::Stack';
/** Deeper than templates are nested in practice. */
const DEPTH_MAX = 5;

/** Asks the services themselves whether what stacks of one account and region hold is ready; each client is loaded with its first use. */
export function createReadinessProbe(settings: ClientSettings, counter: CallCounter): ReadinessProbe {
  const facts = createStackFacts(settings, counter);
  const places = new Map<string, readonly RecordPlace[]>();
  const placesOf = (resource: GatedResource): readonly RecordPlace[] => places.get(keyOf(resource)) ?? [];
  const rows = gateTable(settings, counter, placesOf);
  return {
    mayWait: (body) => [NESTED, 'Transform', ...rows.flatMap(({ types }) => types)].some((type) => body.includes(type)),
    async list(stack, templateBody) {
      const all = await facts.resources(stack.id);
      const held = await gatedIn(facts, rows, all, DEPTH_MAX);
      if (all.some(({ type }) => RECORD_TYPES.includes(type))) await notePlaces(places, templateBody, stack, all);
      return held.map((one) => gated(one, stack)).filter((one) => !isRecordSet(one) || placesOf(one).length > 0);
    },
    confirm: (resources) => classed(async () => await (await kindOf(rows, resources[0]))?.confirm?.(resources)),
    look: (resources) => classed(() => lookAt(rows, resources)),
  };
}

/** Of the stack itself and of the stacks within it. */
async function gatedIn(
  facts: StackFacts,
  rows: readonly GateRow[],
  resources: readonly HeldResource[],
  depth: number,
): Promise<readonly HeldResource[]> {
  const own = resources.filter(({ type }) => rows.some(({ types }) => types.includes(type)));
  const nested = depth === 0 ? [] : resources.filter(({ type }) => type === NESTED);
  const within = async ({ physicalId }: HeldResource) =>
    await gatedIn(facts, rows, await facts.resources(physicalId), depth - 1);
  return [...own, ...(await Promise.all(nested.map(within))).flat()];
}

function gated({ logicalId, type, physicalId }: HeldResource, stack: ObservedStack): GatedResource {
  const confirmedBy = RECORD_TYPES.includes(type) ? { confirmedBy: 'ChangeResourceRecordSets' } : {};
  const since = stack.updatedAt ?? stack.createdAt;
  return { stack: stack.name, logicalId, resourceType: type, physicalId, since, ...confirmedBy };
}

function isRecordSet({ resourceType }: GatedResource): boolean {
  return RECORD_TYPES.includes(resourceType);
}

async function notePlaces(
  places: Map<string, readonly RecordPlace[]>,
  templateBody: string,
  stack: ObservedStack,
  held: readonly HeldResource[],
): Promise<void> {
  const { recordPlaces } = await import('./record-places.ts');
  for (const [logicalId, found] of recordPlaces(templateBody, stack, held)) {
    places.set(keyOf({ stack: stack.name, logicalId }), found);
  }
}

function keyOf({ stack, logicalId }: Pick<GatedResource, 'stack' | 'logicalId'>): string {
  return `${stack}/${logicalId}`;
}

async function kindOf(rows: readonly GateRow[], resource: GatedResource | undefined) {
  return await rows.find(({ types }) => types.includes(resource?.resourceType ?? ''))?.kind();
}

/** Each kind is asked once for all stacks; what AWS does not show yet is waited for. */
async function lookAt(rows: readonly GateRow[], resources: readonly GatedResource[]): Promise<ResourceState[]> {
  const states = new Map<string, ResourceState>();
  await Promise.all(
    rows.map(async ({ types, kind }) => {
      const own = resources.filter(({ resourceType }) => types.includes(resourceType));
      if (own.length === 0) return;
      for (const [id, state] of await (await kind()).look(own)) states.set(`${types[0]}|${id}`, state);
    }),
  );
  const tableKey = (type: string): string => rows.find(({ types }) => types.includes(type))?.types[0] ?? type;
  return resources.map(
    ({ resourceType, physicalId }) =>
      states.get(`${tableKey(resourceType)}|${physicalId}`) ?? { waits: `AWS does not show ${physicalId} yet` },
  );
}
