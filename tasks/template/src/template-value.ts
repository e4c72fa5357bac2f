import type { Place, Problem } from '@roundtrip/problem';
import { isAlias, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { SHORT_TAGS, splitGetAtt } from './intrinsic.ts';
import { keyText, offsetOf } from './template-places.ts';

type AtOffset = (offset: number) => Place;

/** Turns a YAML document into plain values with every short tag expanded. Adds what CloudFormation does not take to `problems`. */
export function templateValue(root: unknown, problems: Problem[], atOffset: AtOffset): unknown {
  return new Conversion(problems, atOffset).value(root, []);
}

class Conversion {
  readonly #problems: Problem[];
  readonly #atOffset: AtOffset;

  constructor(problems: Problem[], atOffset: AtOffset) {
    this.#problems = problems;
    this.#atOffset = atOffset;
  }

  value(node: unknown, path: readonly string[]): unknown {
    if (isAlias(node)) {
      this.#report(node, 'template-alias', 'Template error: YAML aliases are not allowed in CloudFormation templates', {
        next: 'write the value out in both places',
      });
      return undefined;
    }
    const tag = isMap(node) || isSeq(node) || isScalar(node) ? node.tag : undefined;
    const plain = this.#plain(node, path);
    return tag === undefined || STANDARD_TAGS.has(tag) ? plain : this.#tagged(node, tag, plain);
  }

  #plain(node: unknown, path: readonly string[]): unknown {
    if (isMap(node)) return this.#record(node, path);
    if (isSeq(node)) return node.items.map((item, at) => this.value(item, [...path, String(at)]));
    const value = isScalar(node) ? node.value : node;
    if (value !== null && value !== undefined) return value;
    const what = `[/${path.join('/')}] 'null' values are not allowed in templates`;
    this.#report(node, 'template-null', path.length === 0 ? 'Template format error: the template is empty' : what);
    return undefined;
  }

  #record(map: YAMLMap, path: readonly string[]): unknown {
    const firstPlaces = new Map<string, unknown>();
    const entries = map.items.map((pair: Pair) => {
      const key = keyText(pair.key);
      if (key === undefined) {
        this.#report(pair.key, 'template-key', 'Template format error: a key must be a text');
        return ['', undefined] as const;
      }
      if (firstPlaces.has(key)) this.#reportDuplicate(key, pair.key, firstPlaces.get(key));
      firstPlaces.set(key, pair.key);
      const value = this.value(pair.value ?? pair.key, [...path, key]);
      return [key, key === 'Fn::GetAtt' ? splitGetAtt(value) : value] as const;
    });
    return Object.fromEntries(entries);
  }

  #tagged(node: unknown, tag: string, plain: unknown): unknown {
    const name = tag.startsWith('!') ? SHORT_TAGS[tag.slice(1)] : undefined;
    if (name !== undefined) return { [name]: name === 'Fn::GetAtt' ? splitGetAtt(plain) : plain };
    this.#report(node, 'template-tag', `unknown tag ${tag.replace('tag:yaml.org,2002:', '!!')}`, {
      next: `use one of !${Object.keys(SHORT_TAGS).sort().join(', !')}`,
    });
    return plain;
  }

  #reportDuplicate(key: string, second: unknown, first: unknown): void {
    const line = this.#atOffset(offsetOf(first) ?? 0).line;
    this.#report(second, 'template-duplicate-key', `the key "${key}" is there twice`, {
      why: `it stands in line ${line} already, and only one of the two would count`,
      next: 'remove or rename one of them',
    });
  }

  #report(node: unknown, code: string, what: string, rest: { why?: string; next?: string } = {}): void {
    this.#problems.push({ code, place: this.#atOffset(offsetOf(node) ?? 0), what, ...rest });
  }
}

const STANDARD_TAGS = new Set(
  ['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`),
);
