/** An intrinsic function in its long form: an object with that one key. */
export interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

/** The names that are written with a short tag, `!Sub`, and their long form. */
export const SHORT_TAGS: Readonly<Record<string, string>> = Object.fromEntries([
  ['Ref', 'Ref'],
  ['Condition', 'Condition'],
  ...[
    ...[
      'And',
      'Base64',
      'Cidr',
      'Equals',
      'FindInMap',
      'GetAtt',
      'GetAZs',
      'GetStackOutput',
      'If',
      'ImportValue',
      'Join',
      'Length',
    ],
    ...['Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
    // The rule functions, which only the section Rules knows.
    ...['Contains', 'EachMemberEquals', 'EachMemberIn', 'RefAll', 'ValueOf', 'ValueOfAll'],
  ].map((name) => [name, `Fn::${name}`] as const),
]);

/**
 * Reads `{ Ref: … }` and `{ 'Fn::X': … }`. `{ Condition: … }` is not one: it means something only inside of
 * conditions, and IAM policies have a key of that name.
 */
export function asIntrinsic(value: unknown): Intrinsic | undefined {
  if (!isRecord(value)) return undefined;
  const keys = Object.keys(value);
  const name = keys[0];
  if (keys.length !== 1 || name === undefined) return undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument: value[name] } : undefined;
}

/** True where an intrinsic function is left anywhere inside: a value that is not wholly known. */
export function isSymbolic(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSymbolic);
  if (!isRecord(value)) return false;
  return asIntrinsic(value) !== undefined || Object.values(value).some(isSymbolic);
}

/** `Fn::GetAtt` takes a list of two, or one text with a dot; undefined where it is neither. */
export function getAttArgument(argument: unknown): { logicalId: string; attribute: unknown } | undefined {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    if (dot <= 0 || dot === argument.length - 1) return undefined;
    return { logicalId: argument.slice(0, dot), attribute: argument.slice(dot + 1) };
  }
  if (!Array.isArray(argument) || argument.length < 2) return undefined;
  const [logicalId, ...attribute] = argument as unknown[];
  if (typeof logicalId !== 'string' || logicalId === '') return undefined;
  if (attribute.length === 1) return { logicalId, attribute: attribute[0] };
  return attribute.every((part) => typeof part === 'string')
    ? { logicalId, attribute: attribute.join('.') }
    : undefined;
}

/** The argument of `Fn::GetAtt` as a list, if it is one text with a dot. */
export function splitGetAtt(argument: unknown): unknown {
  const parts = typeof argument === 'string' ? getAttArgument(argument) : undefined;
  return parts === undefined ? argument : [parts.logicalId, parts.attribute];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Looks a name up that a person wrote, so that `constructor` is not found. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
