import type { Problem } from '@roundtrip/problem';
import { isRecord } from './intrinsic.ts';
import { LOOP_PREFIX } from './loop-key.ts';
import { declaredTransforms, LANGUAGE_EXTENSIONS } from './transforms.ts';
import type { ParsedTemplate } from './template.ts';

const SECTIONS = new Set([
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Transform', 'Parameters', 'Rules', 'Mappings'],
  ...['Conditions', 'Resources', 'Outputs', 'Hooks'],
]);

const RESOURCE_KEYS = new Set([
  ...['Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy'],
  ...['CreationPolicy', 'Metadata', 'Version'],
]);

type PlaceOf = ParsedTemplate['place'];

/** Whether the sections are what the type Template says; the texts are CloudFormation's. */
export function templateShapeProblems(value: unknown, place: PlaceOf): Problem[] {
  if (!isRecord(value)) return [problem(place([]), 'Template format error: unsupported structure.')];
  const hasExtensions = declaredTransforms(value).includes(LANGUAGE_EXTENSIONS);
  const unknown = Object.keys(value).filter((key) => !SECTIONS.has(key));
  const problems = unknown.map((key) => problem(place([key]), `Invalid template property or properties [${key}]`));
  problems.push(...headProblems(value, place));
  if (
    value['Resources'] === undefined ||
    (isRecord(value['Resources']) && Object.keys(value['Resources']).length === 0)
  ) {
    const what = 'Template format error: At least one Resources member must be defined.';
    problems.push({ ...problem(place(['Resources']), what), next: 'write at least one resource under Resources:' });
  }
  for (const section of [
    'Parameters',
    'Mappings',
    'Conditions',
    'Resources',
    'Outputs',
    'Metadata',
    'Rules',
  ] as const) {
    problems.push(...sectionProblems(section, value[section], place, hasExtensions));
  }
  return problems;
}

/** The only version there is, and descriptions, which are written out and never made by a function. */
function headProblems(value: Readonly<Record<string, unknown>>, place: PlaceOf): Problem[] {
  const { AWSTemplateFormatVersion: version = '2010-09-09', Parameters: parameters, Outputs: outputs } = value;
  const problems: Problem[] = [];
  if (version !== '2010-09-09') {
    const what = 'Template format error: unsupported value for AWSTemplateFormatVersion.';
    problems.push(problem(place(['AWSTemplateFormatVersion']), what));
  }
  const described = [parameters, outputs].flatMap((section) => (isRecord(section) ? Object.values(section) : []));
  for (const member of [value, ...described]) {
    const description = isRecord(member) ? member['Description'] : undefined;
    if (typeof description !== 'object') continue;
    problems.push(problem(place(['Description']), 'Template format error: Every Description member must be a string.'));
  }
  return problems;
}

function sectionProblems(section: string, members: unknown, place: PlaceOf, hasExtensions: boolean): Problem[] {
  if (members === undefined) return [];
  if (!isRecord(members)) {
    return [problem(place([section]), `Template format error: ${section} section must be an object`)];
  }
  return Object.entries(members).flatMap(([name, member]) => {
    if (isExpandedLater(section, name, member, hasExtensions)) return [];
    const texts = MEMBER_CHECKS[section]?.(name, member) ?? [];
    return texts.map(([what, ...path]) => problem(place([section, name, ...path]), what));
  });
}

/** A loop, and a call of a macro, become members only when the template is expanded. */
function isExpandedLater(section: string, name: string, member: unknown, hasExtensions: boolean): boolean {
  if (name === 'Fn::Transform') return isRecord(member);
  const hasLoops = section === 'Conditions' || section === 'Resources' || section === 'Outputs';
  return hasExtensions && hasLoops && name.startsWith(LOOP_PREFIX) && Array.isArray(member);
}

type MemberCheck = (name: string, member: unknown) => [what: string, ...path: (string | number)[]][];

const MEMBER_CHECKS: Readonly<Record<string, MemberCheck>> = {
  Parameters: (name, member) => {
    if (!isRecord(member)) return [['Template format error: Any Parameters member must be an object.']];
    if (typeof member['Type'] !== 'string') {
      return [[`Template format error: Every Parameters object must contain a Type member. (${name})`]];
    }
    return [];
  },
  Mappings: (name, member) => {
    const isTwoLevels = isRecord(member) && Object.values(member).every(isRecord);
    return isTwoLevels ? [] : [[`Template format error: Every Mappings member ${name} must be a map of maps`]];
  },
  Conditions: (name, member) =>
    isRecord(member)
      ? []
      : [[`Template format error: Every Conditions member must be a condition function. (${name})`]],
  Resources: resourceTexts,
  Outputs: (name, member) => {
    if (!isRecord(member)) return [[`Template format error: Outputs ${name} is malformed`]];
    if (member['Value'] === undefined) {
      return [[`Template format error: Every Outputs member must contain a Value object (${name})`]];
    }
    return [];
  },
};

function resourceTexts(name: string, member: unknown): [what: string, ...path: (string | number)[]][] {
  if (name.startsWith(LOOP_PREFIX)) {
    return [[`Template format error: [/Resources/${name}] resource definition is malformed`]];
  }
  if (!isRecord(member)) return [['Template format error: Any Resources member must be an object.']];
  if (!/^[A-Za-z0-9]+$/.test(name)) return [[`Template format error: Resource name ${name} is non alphanumeric.`]];
  if (typeof member['Type'] !== 'string') {
    return [[`Template format error: [/Resources/${name}] Every Resources object must contain a Type member.`]];
  }
  const texts: [string, ...(string | number)[]][] = Object.keys(member)
    .filter((key) => !RESOURCE_KEYS.has(key))
    .map((key) => [`Invalid template resource property '${key}'`, key]);
  if (member['Properties'] !== undefined && !isRecord(member['Properties'])) {
    texts.push([`Template format error: [/Resources/${name}/Properties] Properties must be an object`, 'Properties']);
  }
  return texts;
}

function problem(place: Problem['place'], what: string): Problem {
  return { code: 'template-format', ...(place && { place }), what };
}
