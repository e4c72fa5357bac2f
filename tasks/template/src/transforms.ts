import { isRecord } from './intrinsic.ts';
import { LOOP_PREFIX } from './loop-key.ts';
import type { Template } from './template.ts';

/** The transform that gives templates loops, lengths, JSON texts and defaults. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';
/** The transform that puts a snippet from S3 in its place. */
export const INCLUDE = 'AWS::Include';

/** Names of the transforms and macros that a whole template declares, in order; one may stand in lists of lists. */
export function declaredTransforms(template: Pick<Template, 'Transform'>): string[] {
  const declared: unknown[] = [template.Transform ?? []].flat(3);
  return declared.map((one) => (isRecord(one) ? String(one['Name']) : String(one)));
}

/** Names of the macros that parts of a template call by `Fn::Transform`, each once. */
export function embeddedTransforms(value: unknown): string[] {
  const names = new Set<string>();
  const collect = (inner: unknown): void => {
    if (Array.isArray(inner)) return inner.forEach(collect);
    if (!isRecord(inner)) return;
    for (const [key, item] of Object.entries(inner)) {
      if (key === 'Fn::Transform') names.add(isRecord(item) ? String(item['Name']) : String(item));
      collect(item);
    }
  };
  collect(value);
  return [...names];
}

/** Whether a template has to be expanded before it can be read as it stands. */
export function hasTransforms(template: Template): boolean {
  const known = transformed.get(template);
  if (known !== undefined) return known;
  const has = declaredTransforms(template).length > 0 || JSON.stringify(template).includes('"Fn::Transform":');
  transformed.set(template, has);
  return has;
}

/** Templates are shared and asked about at every request. */
const transformed = new WeakMap<Template, boolean>();

/** A function of the language extensions in a template that does not declare them: its name and where it stands. */
export function undeclaredExtension(template: Template): { name: string; path: string[] } | undefined {
  if (declaredTransforms(template).includes(LANGUAGE_EXTENSIONS)) return undefined;
  for (const section of ['Conditions', 'Resources', 'Outputs'] as const) {
    const found = extensionIn(template[section], [section]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function extensionIn(value: unknown, path: string[]): { name: string; path: string[] } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, key];
    if (key.startsWith(LOOP_PREFIX)) return { name: 'Fn::ForEach', path: at };
    const isOwn = key === 'Fn::Length' || key === 'Fn::ToJsonString';
    if (isOwn || (key === 'Fn::FindInMap' && Array.isArray(item) && item.length === 4)) return { name: key, path: at };
    const found = extensionIn(item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}
