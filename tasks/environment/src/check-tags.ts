import type { Problem } from '@roundtrip/problem';
import { count, dotted, echo } from './words.ts';
import type { YamlSource } from './yaml-source.ts';

const AWS_TAGS_MAX = 50;
/** Kept free for the tags that the tool writes itself. */
const OWN_TAGS = 5;
/** How many tags an environment and a stack may have together. */
export const STACK_TAGS_MAX = AWS_TAGS_MAX - OWN_TAGS;
const KEY_CHARACTERS_MAX = 128;
const VALUE_CHARACTERS_MAX = 256;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Rule: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
export function checkTags(source: YamlSource, value: unknown): Problem[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = `tags is ${value === null ? 'empty' : echo(value)}, not a map of keys`;
    return [
      {
        code: 'wrong-value',
        place: source.placeOf(['tags']),
        what,
        next: 'write it as "tags: { cost-centre: platform }"',
      },
    ];
  }
  const tags = Object.entries(value);
  const problems = tags.flatMap(([key, text]) => [...checkKey(source, key), ...checkValue(source, key, text)]);
  if (tags.length > STACK_TAGS_MAX) {
    problems.push({
      code: 'too-many-tags',
      place: source.placeOfKey(['tags']),
      what: `tags has ${tags.length} tags, but may have ${STACK_TAGS_MAX} at most`,
      why: `AWS takes ${AWS_TAGS_MAX} tags on a stack, and ${OWN_TAGS} of them are kept for those that the tool writes itself`,
      next: `take out ${count(tags.length - STACK_TAGS_MAX, 'tag')}`,
    });
  }
  return problems;
}

/** What is wrong with a tag's key, in words, or undefined: `is longer than …`. For stacks' own tags as well. */
export function tagKeyFault(key: string): string | undefined {
  if (key === '') return 'is empty';
  if (/^aws:/i.test(key)) return 'begins with "aws:", which AWS keeps for itself';
  if (/^roundtrip:/i.test(key))
    return 'begins with "roundtrip:", which is kept for the tags that the tool writes itself';
  if (key.length > KEY_CHARACTERS_MAX)
    return `has ${key.length} characters, but may have ${KEY_CHARACTERS_MAX} at most`;
  if (!ALLOWED.test(key)) return 'has a character that AWS does not take in tags';
  return undefined;
}

/** What is wrong with a tag's value, in words, or undefined. */
export function tagValueFault(value: string): string | undefined {
  if (value.length > VALUE_CHARACTERS_MAX)
    return `has ${value.length} characters, but may have ${VALUE_CHARACTERS_MAX} at most`;
  if (!ALLOWED.test(value)) return `is ${echo(value)}, with a character that AWS does not take in tags`;
  return undefined;
}

const NEXT = 'use letters, digits, spaces and _ . : / = + - @';

function checkKey(source: YamlSource, key: string): Problem[] {
  const fault = tagKeyFault(key);
  if (fault === undefined) return [];
  const next = fault.startsWith('begins') ? 'choose another key' : NEXT;
  return [{ code: 'bad-tag', place: source.placeOfKey(['tags', key]), what: `tag key ${echo(key)} ${fault}`, next }];
}

function checkValue(source: YamlSource, key: string, value: unknown): Problem[] {
  const at = ['tags', key];
  const place = source.placeOf(at);
  const name = dotted(at);
  if (typeof value === 'string') {
    const fault = tagValueFault(value);
    return fault === undefined ? [] : [{ code: 'bad-tag', place, what: `${name} ${fault}`, next: NEXT }];
  }
  if (value === null)
    return [{ code: 'bad-tag', place, what: `${name} is empty`, next: `write "${key}: ''" if that is meant` }];
  const written = source.writtenAs(at);
  const what = `${name} is ${written ?? echo(value)}, not text`;
  return [
    { code: 'bad-tag', place, what, next: written === undefined ? 'write text after it' : `quote it: '${written}'` },
  ];
}
