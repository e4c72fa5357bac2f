import { CloudError, type Blocker, type Blockers, type ObservedStack, type StuckResource } from '@roundtrip/engine';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import { importedExports } from './exports.ts';
import { kindTable, type KindRow } from './kind-table.ts';
import type { Finding, HeldResource } from './kind.ts';
import { createStackFacts, type StackFacts } from './stack-facts.ts';

export interface BlockerOptions {
  /** The template of a stack, as text; undefined where it is not known. */
  templateOf(stackName: string): string | undefined;
  /** Whether the environment lets a run switch off deletion protection. */
  readonly mayUnprotect: boolean;
  /** Whether a stack will be gone by then: what it imports is in nobody's way. */
  readonly goesToo?: (stackName: string) => boolean;
}

/** A stack within the stack; its resources stand in its own list. */
const NESTED = 'AWS::CloudFormation::Stack';
/** Deeper than templates are nested in practice. */
const DEPTH_MAX = 5;

interface Workshop {
  readonly facts: StackFacts;
  readonly rows: readonly KindRow[];
}

/**
 * What keeps stacks of one account and region from being deleted. A stack whose template names none of the types that
 * could is not asked about; S3's client and the others are loaded with their first use.
 */
export function createBlockers(settings: ClientSettings, counter: CallCounter, options: BlockerOptions): Blockers {
  const facts = createStackFacts(settings, counter);
  const rows = kindTable(settings, counter, facts, options.mayUnprotect);
  const workshop = { facts, rows };
  return {
    async find(stack, stuck = []) {
      const template = options.templateOf(stack.name);
      const imported = mayExport(template) ? await importedExports(facts, stack, options.goesToo) : [];
      const mayHold = mayHoldBlockers(template, rows);
      const held = mayHold ? await findHeld(workshop, stack, stack.id, stuck, DEPTH_MAX) : [];
      const found = [...imported, ...held, ...(await findStuck(workshop, stack, stuck))];
      // What only a person may clear comes first: nothing is cleared in vain.
      return found.sort((one, other) => Number('next' in other.remedy) - Number('next' in one.remedy));
    },
    policies: (stack) => readPolicies(workshop, stack.id),
    async clear(blocker, mayWrite) {
      const operation = 'clear' in blocker.remedy ? blocker.remedy.clear : undefined;
      await (await rows.find(({ clears }) => clears === operation)?.kind())?.clear(blocker, mayWrite);
    },
  };
}

function mayHoldBlockers(template: string | undefined, rows: readonly KindRow[]): boolean {
  if (template === undefined || isOpen(template)) return true;
  return [NESTED, ...rows.flatMap(({ types }) => types)].some((type) => template.includes(type));
}

function mayExport(template: string | undefined): boolean {
  return template === undefined || isOpen(template) || /\bExport\b/.test(template);
}

/** The one transform that makes no resources of types that the text does not name. */
const HARMLESS_TRANSFORM = /Transform"?:\s*["']?AWS::LanguageExtensions/g;

function isOpen(template: string): boolean {
  return /\bTransform\b/.test(template.replace(HARMLESS_TRANSFORM, ''));
}

/** Before a delete, and beside what one has failed on: what the stack, or one within it, holds at this moment. */
async function findHeld(
  workshop: Workshop,
  stack: ObservedStack,
  place: string,
  stuck: readonly StuckResource[],
  depth: number,
): Promise<readonly Blocker[]> {
  const known = new Set(stuck.map(({ physicalId }) => physicalId));
  const held = (await workshop.facts.resources(place)).filter(({ physicalId }) => !known.has(physicalId));
  const found: Blocker[] = [];
  for (const resource of held) {
    const rows = workshop.rows.filter(({ types }) => types.includes(resource.type));
    found.push(...(await lookAt(rows, stack, resource, { stack: place, isStuck: false })));
  }
  const nested = depth === 0 ? [] : held.filter(({ type }) => type === NESTED);
  if (found.length === 0 && nested.length === 0) return [];
  const isKept = await readKept(workshop, place);
  const own = found.filter(({ logicalId }) => !isKept(logicalId));
  for (const { logicalId, physicalId } of nested) {
    if (!isKept(logicalId)) own.push(...(await findHeld(workshop, stack, physicalId, stuck, depth - 1)));
  }
  return own;
}

async function readKept({ facts }: Workshop, stack: string): Promise<(logicalId: string) => boolean> {
  const { keptBy } = await import('./kept-resources.ts');
  return keptBy(await facts.template(stack), stack);
}

/** What nobody may read, or has no such text, has no policies that are known. */
async function readPolicies({ facts }: Workshop, stack: string): Promise<ReadonlyMap<string, string>> {
  const { policiesIn } = await import('./kept-resources.ts');
  try {
    return policiesIn(await facts.template(stack), stack);
  } catch (error) {
    if (error instanceof CloudError && ['denied', 'invalid', 'not-found'].includes(error.kind)) return new Map();
    throw error;
  }
}

/** What CloudFormation has tried to delete: no policy keeps it. */
async function findStuck(
  workshop: Workshop,
  stack: ObservedStack,
  stuck: readonly StuckResource[],
): Promise<readonly Blocker[]> {
  const found: Blocker[] = [];
  for (const { logicalId, resourceType: type, physicalId } of stuck) {
    if (physicalId === '') continue;
    const rows = workshop.rows.filter(({ types, stuckTypes }) => [...types, ...stuckTypes].includes(type));
    const surroundings = { stack: stack.id, isStuck: true };
    found.push(...(await lookAt(rows, stack, { logicalId, type, physicalId }, surroundings)));
  }
  return found;
}

async function lookAt(
  rows: readonly KindRow[],
  stack: ObservedStack,
  resource: HeldResource,
  surroundings: { readonly stack: string; readonly isStuck: boolean },
): Promise<readonly Blocker[]> {
  const found: Blocker[] = [];
  for (const row of rows) {
    const findings = await (await row.kind()).look(resource, surroundings);
    found.push(...findings.map((finding) => blockerOf(stack, resource, finding, row.clears)));
  }
  return found;
}

function blockerOf(stack: ObservedStack, resource: HeldResource, { what, next }: Finding, clears: string): Blocker {
  const { logicalId, type: resourceType, physicalId } = resource;
  const remedy = next === undefined ? { clear: clears } : { next };
  return { stack: stack.name, logicalId, resourceType, physicalId, what, remedy };
}
