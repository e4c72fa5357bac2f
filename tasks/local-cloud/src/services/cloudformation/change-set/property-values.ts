import { UNKNOWN } from '@roundtrip/template';

/** What AWS shows in place of a value that only the execution can tell. */
const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** Whether a value is, or holds, what only the execution can tell. */
export function isUnknown(value: unknown): boolean {
  if (isOpen(value)) return true;
  if (Array.isArray(value)) return value.some(isUnknown);
  return typeof value === 'object' && value !== null && Object.values(value).some(isUnknown);
}

/** A value as text: scalars as they are, everything else as JSON; undefined where there is none. */
export function valueText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const shown = known(value);
  return typeof shown === 'string' ? shown : JSON.stringify(shown);
}

/** A resource as JSON text, as `BeforeContext` and `AfterContext` have it. */
export function contextOf(resource: {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly deletionPolicy?: string | undefined;
  readonly updateReplacePolicy?: string | undefined;
}): string {
  return JSON.stringify({
    Properties: known(resource.properties),
    Metadata: resource.metadata,
    DeletionPolicy: resource.deletionPolicy,
    UpdateReplacePolicy: resource.updateReplacePolicy,
  });
}

/** Evaluation leaves a function as it is written where its value is not known. */
function isOpen(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (typeof value !== 'object' || value === null) return false;
  const [name, ...others] = Object.keys(value);
  return name !== undefined && others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
}

function known(value: unknown): unknown {
  if (isOpen(value)) return KNOWN_AFTER_APPLY;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, known(item)]));
}
