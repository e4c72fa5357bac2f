import type { LayerContext } from '@roundtrip/environment';
import type { Problem } from '@roundtrip/problem';
import * as v from 'valibot';
import { nearest } from './nearest.ts';
import { isServiceName, serviceFileSchema, type Service } from './service-file.ts';
import { readYaml, type Path, type YamlFile } from './yaml-file.ts';

/** A service together with the file that says where each of its keys stands. */
export interface ReadService {
  readonly service: Service;
  readonly yaml: YamlFile;
}

type Files = Pick<LayerContext<unknown>, 'readFile' | 'listFiles' | 'pathOf'>;

const FOLDER = 'services';

/**
 * Reads every file in `services/`. Files with a problem are left out of `services`; `problems` has all of all files,
 * each with file:line:column.
 */
export function readServices(files: Files): { services: ReadService[]; problems: Problem[] } {
  const services: ReadService[] = [];
  const problems: Problem[] = [];
  for (const name of files.listFiles(FOLDER).filter((file) => /\.ya?ml$/.test(file))) {
    const read = readService(files, name);
    problems.push(...read.problems);
    if (read.service) services.push(read.service);
  }
  return { services, problems };
}

function readService(files: Files, fileName: string): { service?: ReadService; problems: Problem[] } {
  const file = files.pathOf(`${FOLDER}/${fileName}`);
  const name = fileName.replace(/\.yaml$/, '');
  const misnamed = nameProblem(file, fileName, name);
  const { yaml, problems } = readYaml(files.readFile(`${FOLDER}/${fileName}`), file);
  if (!yaml) return { problems: [...misnamed, ...problems] };
  const result = v.safeParse(serviceFileSchema, yaml.value ?? {});
  if (!result.success) return { problems: [...misnamed, ...result.issues.map((issue) => problemOf(yaml, issue))] };
  return { service: { service: { ...result.output, name }, yaml }, problems: misnamed };
}

function nameProblem(file: string, fileName: string, name: string): Problem[] {
  if (fileName.endsWith('.yaml') && isServiceName(name)) return [];
  return [
    {
      code: 'service-name',
      place: { file },
      what: `"${fileName}" cannot be a service's file`,
      why: "the file name is the service's name: 2 to 32 small letters, digits and hyphens, beginning with a letter",
      next: 'rename the file, for example to catalog.yaml',
    },
  ];
}

function problemOf(yaml: YamlFile, issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const key = String(path.at(-1));
  if (issue.kind === 'schema' && issue.type === 'strict_object' && issue.path?.at(-1)?.origin === 'key') {
    return issue.expected === 'never' ? unknownKey(yaml, path, key) : missingKey(yaml, path, key);
  }
  const where = path.length === 0 ? 'the file' : path.join('.');
  return {
    code: issue.kind === 'schema' ? 'wrong-type' : 'wrong-value',
    place: issue.path?.at(-1)?.origin === 'key' ? yaml.placeOfKey(path) : yaml.placeOf(path),
    what: `${where} is ${echo(issue.input)}`,
    next: `write ${path.length === 0 ? 'a map of keys' : issue.message}`,
  };
}

function unknownKey(yaml: YamlFile, path: Path, key: string): Problem {
  const keys = keysAt(path.slice(0, -1));
  const near = nearest(key, keys);
  return {
    code: 'unknown-key',
    place: yaml.placeOfKey(path),
    what: `unknown key "${path.join('.')}"`,
    next: near === undefined ? `the keys here are ${keys.join(', ')}` : `did you mean "${near}"?`,
  };
}

function missingKey(yaml: YamlFile, path: Path, key: string): Problem {
  return {
    code: 'missing-key',
    place: yaml.placeOf(path.slice(0, -1)),
    what: `${path.join('.')} is missing`,
    next: `add "${key}: …"`,
  };
}

/** The keys that a map at this path may have. */
function keysAt(path: Path): string[] {
  let schema: unknown = serviceFileSchema;
  for (const step of path) {
    const entries = (unwrap(schema) as { entries?: Record<string, unknown> }).entries;
    schema = entries?.[String(step)];
  }
  return Object.keys((unwrap(schema) as { entries?: Record<string, unknown> } | undefined)?.entries ?? {});
}

function unwrap(schema: unknown): unknown {
  const wrapped = (schema as { wrapped?: unknown } | undefined)?.wrapped;
  return wrapped === undefined ? schema : unwrap(wrapped);
}

const echo = (value: unknown) => (value === null || value === undefined ? 'empty' : JSON.stringify(value));
