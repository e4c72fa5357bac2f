import type { Place } from '@roundtrip/problem';
import { isMap, isPair, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import { SHORT_TAGS } from './intrinsic.ts';
import type { ParsedTemplate } from './template.ts';

export interface TemplatePlaces {
  readonly of: ParsedTemplate['place'];
  atOffset(offset: number): Place;
}

/** Finds places lazily, by walking the document: most templates are read without a single complaint. */
export function templatePlaces(document: Document, file: string, lines: LineCounter): TemplatePlaces {
  const atOffset = (offset: number): Place => {
    const { line, col: column } = lines.linePos(offset);
    return { file, line, column };
  };
  const of: ParsedTemplate['place'] = (path, part = 'key') => {
    const found = findPath(document.contents, path);
    return atOffset((part === 'key' ? found.key : found.value) ?? 0);
  };
  return { of, atOffset };
}

interface Found {
  readonly key: number | undefined;
  readonly value: number | undefined;
}

function findPath(root: unknown, path: readonly (string | number)[]): Found {
  let node = root;
  let found: Found = { key: offsetOf(root), value: offsetOf(root) };
  for (const part of path) {
    // A short tag is one step in the expanded template and none in the file: !Sub x is { Fn::Sub: x }.
    if (longName(node) === part) continue;
    const step = child(node, part);
    if (step === undefined) return found;
    const value = offsetOf(step.value) ?? offsetOf(step.key);
    found = { key: offsetOf(step.key) ?? value, value };
    node = step.value;
  }
  return found;
}

function longName(node: unknown): string | undefined {
  const tag = isMap(node) || isSeq(node) || isScalar(node) ? node.tag : undefined;
  return tag?.startsWith('!') ? SHORT_TAGS[tag.slice(1)] : undefined;
}

function child(node: unknown, part: string | number): { key: unknown; value: unknown } | undefined {
  if (isSeq(node))
    return typeof part === 'number' && part in node.items ? { key: undefined, value: node.items[part] } : undefined;
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isPair(item) && keyText(item.key) === String(part));
  return pair && { key: pair.key, value: pair.value };
}

/** A key as it is written, because a plain 012345678901 is a number to YAML and an account to everybody else. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

export function offsetOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
