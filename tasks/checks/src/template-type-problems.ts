import type { Problem } from '@roundtrip/problem';
import type { Property, PropertyType, ResourceType } from '@roundtrip/spec';
import { asIntrinsic, isRecord, scalarText, type ParsedTemplate } from '@roundtrip/template';
import { kindOfResult } from './template-result-kind.ts';

type Path = readonly (string | number)[];
type Properties = Readonly<Record<string, Property>>;

/** What the values of one resource are held against. */
interface Target {
  readonly parsed: ParsedTemplate;
  readonly spec: (name: string) => ResourceType | undefined;
  readonly type: ResourceType;
  /** Path of the resource's Properties in the template. */
  readonly root: Path;
}

/** Unknown and missing properties at any depth, and values that can never be of their property's type. */
export function propertyProblems(
  parsed: ParsedTemplate,
  logicalId: string,
  type: ResourceType,
  spec: (name: string) => ResourceType | undefined,
): Problem[] {
  const target: Target = { parsed, spec, type, root: ['Resources', logicalId, 'Properties'] };
  return recordProblems(target, type.properties, parsed.template.Resources[logicalId]?.Properties ?? {}, []);
}

function recordProblems(
  target: Target,
  properties: Properties,
  value: Readonly<Record<string, unknown>>,
  path: Path,
): Problem[] {
  const known = Object.keys(properties);
  // Some definitions are published without a single property; nothing can be said about their values.
  if (known.length === 0) return [];
  const missing = known.filter((name) => properties[name]?.required === true && !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => missingProperty(target, name, path)),
    ...Object.entries(value).flatMap(([name, item]) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (property === undefined) return [unknownProperty(target, name, path, known)];
      return valueProblems(target, property.type, item, [...path, name]);
    }),
  ];
}

function valueProblems(target: Target, type: PropertyType, value: unknown, path: Path): Problem[] {
  const intrinsic = asIntrinsic(value);
  if (intrinsic?.name === 'Fn::If' && Array.isArray(intrinsic.argument)) {
    return [1, 2].flatMap((at) =>
      valueProblems(target, type, (intrinsic.argument as unknown[])[at], [...path, 'Fn::If', at]),
    );
  }
  if (intrinsic !== undefined) return resultProblems(target, type, value, path);
  switch (type.type) {
    case 'union':
      return unionProblems(target, type.types, value, path);
    case 'array':
      if (!Array.isArray(value)) return [wrongType(target, 'a list', value, path)];
      return value.flatMap((item, at) => valueProblems(target, type.element, item, [...path, at]));
    case 'map':
      if (!isRecord(value)) return [wrongType(target, 'a map', value, path)];
      return Object.entries(value).flatMap(([key, item]) => valueProblems(target, type.element, item, [...path, key]));
    case 'ref':
      if (!isRecord(value)) return [wrongType(target, 'a map', value, path)];
      return recordProblems(target, target.type.definitions[type.definition] ?? {}, value, path);
    case 'tag':
      if (!isRecord(value)) return [wrongType(target, 'a map with Key and Value', value, path)];
      return recordProblems(target, TAG, value, path);
    default:
      return scalarProblems(target, type.type, value, path);
  }
}

const TAG: Properties = {
  Key: { type: { type: 'string' }, required: true },
  Value: { type: { type: 'string' }, required: true },
};

type Scalar = 'string' | 'number' | 'integer' | 'boolean' | 'json' | 'date-time' | 'null';

/** CloudFormation turns numbers into texts and texts into numbers, so only what cannot be turned is a problem. */
function scalarProblems(target: Target, type: Scalar, value: unknown, path: Path): Problem[] {
  if (type === 'json' || type === 'null') return [];
  const text = scalarText(value);
  const { words, accepts } = SCALARS[type];
  return text !== undefined && accepts(text) ? [] : [wrongType(target, words, value, path)];
}

const SCALARS: Readonly<
  Record<Exclude<Scalar, 'json' | 'null'>, { words: string; accepts: (text: string) => boolean }>
> = {
  string: { words: 'a text', accepts: () => true },
  'date-time': { words: 'a text', accepts: () => true },
  number: { words: 'a number', accepts: isNumeric },
  integer: { words: 'a whole number', accepts: (text) => isNumeric(text) && Number.isInteger(Number(text)) },
  boolean: { words: 'true or false', accepts: (text) => /^(true|false)$/i.test(text) },
};

/** A dynamic reference is a text that may turn into anything. */
function isNumeric(text: string): boolean {
  return text.includes('{{resolve:') || (text.trim() !== '' && Number.isFinite(Number(text)));
}

/** A value that fits one of the types is fine; else the complaints of the type that it comes nearest to. */
function unionProblems(target: Target, types: readonly PropertyType[], value: unknown, path: Path): Problem[] {
  const each = types.map((type) => valueProblems(target, type, value, path));
  const inside = each.filter((problems) => problems.every((problem) => problem.code !== 'template-type'));
  const candidates = inside.length > 0 ? inside : each;
  return candidates.reduce((best, problems) => (problems.length < best.length ? problems : best), candidates[0] ?? []);
}

/** Of an intrinsic function only the kind is known: one text, or a list. */
function resultProblems(target: Target, type: PropertyType, value: unknown, path: Path): Problem[] {
  const kind = kindOfResult(value, target.parsed.template, target.spec);
  if (kind === undefined) return [];
  const expected = expectedKinds(type);
  if (expected === undefined || expected.includes(kind)) return [];
  const words = expected.includes('list') ? 'a list' : expected.includes('map') ? 'a map' : 'a text';
  return [
    problem(
      target,
      'template-type',
      path,
      `${target.type.name} takes ${words} for ${show(path)}, not what ${asIntrinsic(value)?.name} gives`,
    ),
  ];
}

function expectedKinds(type: PropertyType): readonly ('scalar' | 'list' | 'map')[] | undefined {
  if (type.type === 'json' || type.type === 'null') return undefined;
  if (type.type === 'array') return ['list'];
  if (type.type === 'map' || type.type === 'ref' || type.type === 'tag') return ['map'];
  if (type.type !== 'union') return ['scalar'];
  const each = type.types.map(expectedKinds);
  return each.includes(undefined) ? undefined : each.flatMap((kinds) => kinds ?? []);
}

function unknownProperty(target: Target, name: string, path: Path, known: readonly string[]): Problem {
  const what = `${target.type.name} has no property ${show([...path, name])}`;
  const sameWord = known.find((other) => other.toLowerCase() === name.toLowerCase());
  const next = sameWord === undefined ? `use one of ${[...known].sort().join(', ')}` : `write ${sameWord}`;
  return { ...problem(target, 'template-property', [...path, name], what), next };
}

function missingProperty(target: Target, name: string, path: Path): Problem {
  return problem(target, 'template-property', path, `${target.type.name} needs the property ${show([...path, name])}`);
}

function wrongType(target: Target, words: string, value: unknown, path: Path): Problem {
  const what = `${target.type.name} takes ${words} for ${show(path)}, not ${describe(value)}`;
  return problem(target, 'template-type', path, what);
}

function problem(target: Target, code: string, path: Path, what: string): Problem {
  return { code, place: target.parsed.place([...target.root, ...path]), what };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isRecord(value) ? 'a map' : JSON.stringify(value);
}

/** `ContainerDefinitions[0].Image`; the branches of an Fn::If are no step of their own. */
function show(path: Path): string {
  const steps = path.filter((step, at) => step !== 'Fn::If' && path[at - 1] !== 'Fn::If');
  return steps.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}
