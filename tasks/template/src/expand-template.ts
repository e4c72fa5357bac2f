import { ProblemError } from '@roundtrip/problem';
import { evaluate } from './evaluate.ts';
import { asIntrinsic, isRecord, isSymbolic, own } from './intrinsic.ts';
import { LOOP_PREFIX, loopKey, loopText, type LoopItems } from './loop-key.ts';
import { scalarText } from './scalar-text.ts';
import { unmadeScope, type Scope } from './scope.ts';
import { templateError } from './template-error.ts';
import { templateShapeProblems } from './template-shape.ts';
import { declaredTransforms, LANGUAGE_EXTENSIONS } from './transforms.ts';
import type { ParsedTemplate, Template } from './template.ts';

export interface ExpansionScope {
  readonly parameters: Scope['parameters'];
  readonly pseudo: Scope['pseudo'];
}

type Path = readonly (string | number)[];
type PathMap = Map<string, Path>;

/** Sections that may have loops, and those whose members the loops may make. */
const SECTIONS = ['Conditions', 'Resources', 'Outputs'] as const;

/**
 * What the transform AWS::LanguageExtensions makes of a template: loops are written out, identifiers filled in, names in
 * Ref, GetAtt, DependsOn and Condition worked out, lengths counted. Places lead to where the loop stands in the file. A
 * template that does not declare the transform is given back as it is.
 *
 * Throws ProblemError in CloudFormation's words (`Transform AWS::LanguageExtensions failed with: …`).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html
 */
export function expandTemplate(parsed: ParsedTemplate, given: ExpansionScope): ParsedTemplate {
  const { template } = parsed;
  if (!declaredTransforms(template).includes(LANGUAGE_EXTENSIONS)) return parsed;
  refuseSameNames(template);
  const origins: PathMap = new Map();
  const expansion = new Expansion(template, given, origins);
  const sections = SECTIONS.filter((section) => template[section] !== undefined).map(
    (section) => [section, expansion.value(template[section], { at: [section], from: [section], items: {} })] as const,
  );
  const expanded = { ...template, ...Object.fromEntries(sections) } as Template;
  const place: ParsedTemplate['place'] = (path, part) => parsed.place(originOf(origins, path), part);
  const problems = templateShapeProblems(expanded, place);
  if (problems.length > 0) throw new ProblemError(problems);
  return { file: parsed.file, template: expanded, place };
}

function originOf(origins: PathMap, path: Path): Path {
  for (let length = path.length; length > 0; length--) {
    const origin = origins.get(JSON.stringify(path.slice(0, length)));
    if (origin !== undefined) return [...origin, ...path.slice(length)];
  }
  return path;
}

/** Where in the expanded template, from where in the file, and with which items of the loops around it. */
interface Spot {
  readonly at: Path;
  readonly from: Path;
  readonly items: LoopItems;
}

/** More than any template can have: loops in loops would else write for hours. */
const MEMBERS_MAX = 20_000;

class Expansion {
  #written = 0;
  readonly #scope: Scope;
  readonly #origins: PathMap;

  constructor(template: Template, given: ExpansionScope, origins: PathMap) {
    this.#origins = origins;
    this.#scope = unmadeScope({ ...given, mappings: template.Mappings ?? {}, conditions: {} });
  }

  value(value: unknown, spot: Spot): unknown {
    if (Array.isArray(value)) return value.map((item, index) => this.value(item, below(spot, index)));
    if (!isRecord(value)) return value;
    const intrinsic = asIntrinsic(value);
    const isLoop = intrinsic?.name.startsWith(LOOP_PREFIX) === true;
    if (intrinsic === undefined || isLoop) return this.#record(value, spot);
    return this.#intrinsic(intrinsic.name, intrinsic.argument, below(spot, intrinsic.name));
  }

  #intrinsic(name: string, argument: unknown, spot: Spot): unknown {
    switch (name) {
      case 'Ref':
        if (typeof argument === 'string' && own(spot.items, argument) !== undefined) return own(spot.items, argument);
        return { Ref: this.#name(argument, spot) };
      case 'Fn::GetAtt':
        if (!Array.isArray(argument)) return { [name]: argument };
        return { [name]: argument.map((part, index) => this.#name(part, below(spot, index))) };
      case 'Fn::Sub':
        return { [name]: this.#sub(argument, spot) };
      case 'Fn::If':
        if (!Array.isArray(argument)) throw failed('Fn::If layout is incorrect');
        return {
          [name]: argument.map((part, at) => (at === 0 ? this.#name(part, spot) : this.value(part, below(spot, at)))),
        };
      case 'Fn::Length':
        return this.#length(argument, spot);
      default:
        return { [name]: this.value(argument, spot) };
    }
  }

  #sub(argument: unknown, spot: Spot): unknown {
    if (typeof argument === 'string') return loopText(argument, spot.items);
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') return this.value(argument, spot);
    const [text, ...rest] = argument as [string, ...unknown[]];
    return [loopText(text, spot.items), ...rest.map((part, index) => this.value(part, below(spot, index + 1)))];
  }

  #length(argument: unknown, spot: Spot): unknown {
    const list = this.#known(argument, spot);
    if (Array.isArray(list)) return list.length;
    throw failed('The Fn::Length value could not be resolved for properties');
  }

  /** A name may be worked out here, as long as nothing of the stack itself is needed for it. */
  #name(value: unknown, spot: Spot): unknown {
    if (!isRecord(value)) return value;
    return scalarText(this.#known(value, spot)) ?? this.value(value, spot);
  }

  /** The value, if it can be known before anything is made. */
  #known(value: unknown, spot: Spot): unknown {
    const expanded = this.value(value, spot);
    if (JSON.stringify(expanded).includes('"Fn::If":')) return undefined;
    const known = evaluate(expanded, this.#scope);
    return isSymbolic(known) ? undefined : known;
  }

  #record(record: Readonly<Record<string, unknown>>, spot: Spot): unknown {
    const entries = new Map<string, unknown>();
    for (const [key, item] of Object.entries(record)) {
      if (key.startsWith(LOOP_PREFIX)) this.#loop(item, spot, below(spot, key), entries);
      else put(entries, key, this.#member(key, item, below(spot, key)));
    }
    return Object.fromEntries(entries);
  }

  #member(key: string, value: unknown, spot: Spot): unknown {
    // Only members of a section have these two; what is deeper is the resource's own.
    const isName = spot.at.length === 3 && (key === 'Condition' || key === 'DependsOn');
    if (!isName || spot.at[0] === 'Conditions') return this.value(value, spot);
    return Array.isArray(value) ? value.map((one) => this.#name(one, spot)) : this.#name(value, spot);
  }

  /** Writes a loop out into the record that it stands in. */
  #loop(argument: unknown, parent: Spot, spot: Spot, into: Map<string, unknown>): void {
    const [identifier, collection, fragment] = Array.isArray(argument) ? (argument as unknown[]) : [];
    const isWhole = Array.isArray(argument) && argument.length === 3;
    if (!isWhole || typeof identifier !== 'string' || typeof collection === 'string' || !isRecord(fragment)) {
      throw failed('Fn::ForEach layout is incorrect');
    }
    for (const item of this.#collection(collection, spot)) {
      const items = { ...parent.items, [identifier]: item };
      for (const [key, value] of Object.entries(fragment)) {
        const from = [...spot.from, 2, key];
        if (key.startsWith(LOOP_PREFIX)) {
          this.#loop(value, { ...parent, items }, { ...spot, from, items }, into);
          continue;
        }
        this.#written += 1;
        if (this.#written > MEMBERS_MAX) throw failed(`Fn::ForEach writes out more than ${MEMBERS_MAX} members`);
        const name = loopKey(key, items);
        const at = [...parent.at, name];
        refuseOutputName(at, name);
        this.#origins.set(JSON.stringify(at), from);
        put(into, name, this.value(value, { at, from, items }));
      }
    }
  }

  #collection(value: unknown, spot: Spot): string[] {
    const known = this.#known(value, below(spot, 1));
    const items = Array.isArray(known) ? known.map(scalarText) : [undefined];
    if (items.every((item) => item !== undefined)) return items;
    throw failed('Could not find a collection or could not be resolved for Fn::ForEach');
  }
}

function below({ at, from, items }: Spot, key: string | number): Spot {
  return { at: [...at, key], from: [...from, key], items };
}

function put(entries: Map<string, unknown>, key: string, value: unknown): void {
  if (entries.has(key)) throw failed(`Duplicate key '${key}' when merging keys to parent object in Fn::ForEach`);
  entries.set(key, value);
}

function refuseOutputName(at: Path, name: string): void {
  if (at.length === 2 && at[0] === 'Outputs' && !/^[A-Za-z0-9]+$/.test(name)) {
    throw failed(`OutputKey '${name}' should be alphanumeric`);
  }
}

/** The name of a loop is its own in the whole template, and no resource has it. */
function refuseSameNames(template: Template): void {
  const names = new Set(Object.keys(template.Resources));
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(collect);
    if (!isRecord(value)) return;
    for (const [key, item] of Object.entries(value)) {
      const name = key.slice(LOOP_PREFIX.length);
      const isLoop = key.startsWith(LOOP_PREFIX);
      if (isLoop && names.has(name)) throw failed(`The loop name ${name} must be unique within the template`);
      if (isLoop) names.add(name);
      collect(item);
    }
  };
  SECTIONS.forEach((section) => collect(template[section]));
}

function failed(why: string): ProblemError {
  return templateError(`Transform ${LANGUAGE_EXTENSIONS} failed with: ${why}`);
}
