import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '@roundtrip/problem';
import type { Problem } from '@roundtrip/problem';
import type { Environment, Layer, Section } from './environment.ts';
import { layerContext } from './layer-context.ts';
import type { EnvironmentFacts } from './layer.ts';
import { environmentFile } from './list-environments.ts';
import { checkSection, checkUnknownSections } from './section.ts';
import { fileTemplateMemory } from './template-memory.ts';
import { readTopLevel } from './top-level.ts';
import { echo } from './words.ts';
import { readYaml } from './yaml-source.ts';
import type { YamlSource } from './yaml-source.ts';

export interface EnvironmentRequest {
  /** The project's root, absolute. */
  readonly root: string;
  /** `stage` for `envs/stage.yaml`. */
  readonly name: string;
  readonly layers: readonly Layer[];
}

/**
 * Reads an env file and judges all of it: its own keys, every layer's section by the layer's schema, limits and
 * `check`. Reads files, calls nothing.
 *
 * @throws ProblemError with every problem at once, each with file:line:column
 */
export function readEnvironment({ root, name, layers }: EnvironmentRequest): Environment {
  const file = environmentFile(root, name);
  const { source, problems } = readYaml(readFileSync(join(root, file), 'utf8'), file);
  if (!source) throw new ProblemError(problems);
  const value = mapOf(source);
  const top = readTopLevel(source, value, name);
  problems.push(...top.problems, ...checkUnknownSections(source, value, layers));
  const sections = new Map<string, Section>();
  for (const layer of layers) {
    const { config, problems: found } = checkSection(source, value[layer.name], layer);
    problems.push(...found);
    if (found.length > 0 || !top.facts) continue;
    const context = layerContext({ root, layer, config, facts: top.facts, source });
    problems.push(...runCheck(layer, context));
    sections.set(layer.name, { layer, config, context });
  }
  if (problems.length > 0) throw new ProblemError(inFileOrder(file, problems));
  const templates = fileTemplateMemory(join(root, '.roundtrip/templates'));
  return { facts: top.facts as EnvironmentFacts, file, ...top.rest, sections, templates };
}

function mapOf(source: YamlSource): Readonly<Record<string, unknown>> {
  const { value, file } = source;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  const what = value === null ? 'the file is empty' : `the file is ${echo(value)}, not a map of keys`;
  const next = 'an env file begins with cloud, account, region, owner and protect; envs/*.yaml show it';
  throw new ProblemError({ code: 'not-a-map', place: value === null ? { file } : source.placeOf([]), what, next });
}

/** A layer's own rules may stop at a file that is missing; that is one more problem to report, not the end of the report. */
function runCheck(layer: Layer, context: Section['context']): readonly Problem[] {
  try {
    return layer.definition.check?.(context) ?? [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

/** People correct a file from top to bottom; problems of other files follow in the order in which they were found. */
function inFileOrder(file: string, problems: readonly Problem[]): Problem[] {
  const rank = ({ place }: Problem) => (place?.file === file ? 0 : 1);
  const line = ({ place }: Problem) => (place?.file === file ? (place.line ?? 0) : 0);
  const column = ({ place }: Problem) => (place?.file === file ? (place.column ?? 0) : 0);
  return problems.toSorted((a, b) => rank(a) - rank(b) || line(a) - line(b) || column(a) - column(b));
}
