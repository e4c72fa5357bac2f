import type { NormalizedSchema } from '@smithy/core/schema';
import type { WireRequest } from './http.ts';
import type { OperationModel, ServiceModel } from './model.ts';
import type { Struct } from './xml.ts';

/** The operation that a method, path and query mean, with the path's labels. */
export interface RestMatch {
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

interface RestRoute {
  readonly operation: OperationModel;
  readonly method: string;
  readonly pattern: RegExp;
  readonly labels: readonly string[];
  readonly fixedQuery: readonly (readonly [name: string, value: string])[];
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
  /** How much of a request the route pins down: where several fit, the one that pins down most is meant. */
  readonly weight: number;
}

const routes = new WeakMap<ServiceModel, readonly RestRoute[]>();
const matches = new WeakMap<WireRequest, RestMatch | undefined>();

/** Finds the operation among the model's HTTP bindings; once a request. */
export function matchRest(model: ServiceModel, request: WireRequest): RestMatch | undefined {
  if (!matches.has(request)) matches.set(request, findMatch(routesOf(model), request));
  return matches.get(request);
}

function findMatch(all: readonly RestRoute[], request: WireRequest): RestMatch | undefined {
  const path = bucketInPath(request);
  const query = new URLSearchParams(request.query);
  for (const route of all) {
    if (route.method !== request.method) continue;
    const parts = route.pattern.exec(path);
    if (parts === null || !fits(route, query, request)) continue;
    const labels = Object.fromEntries(route.labels.map((label, index) => [label, decode(parts[index + 1] ?? '')]));
    return { operation: route.operation, labels, query };
  }
  return undefined;
}

function fits(route: RestRoute, query: URLSearchParams, request: WireRequest): boolean {
  return (
    route.fixedQuery.every(([name, value]) => fixedFits(name, value, query)) &&
    route.requiredQuery.every((name) => query.has(name)) &&
    route.requiredHeaders.every((name) => name in request.headers)
  );
}

/** `x-id` is a hint that the JavaScript SDK sends and other clients do not. */
function fixedFits(name: string, value: string, query: URLSearchParams): boolean {
  const given = query.get(name);
  if (given === null) return name === 'x-id';
  return value === '' || given === value;
}

function routesOf(model: ServiceModel): readonly RestRoute[] {
  let all = routes.get(model);
  if (all === undefined) {
    all = [...model.operations.values()].flatMap(routeOf).sort((left, right) => right.weight - left.weight);
    routes.set(model, all);
  }
  return all;
}

function routeOf(operation: OperationModel): RestRoute[] {
  if (operation.http === undefined) return [];
  const [method, uri] = operation.http;
  const [template = '/', search = ''] = uri.split('?');
  const path = withMissingLabels(template, operation.input);
  const fixedQuery = [...new URLSearchParams(search)];
  const required = requiredMembers(operation.input);
  const requiredQuery = required.flatMap(({ httpQuery }) => (typeof httpQuery === 'string' ? [httpQuery] : []));
  const requiredHeaders = required.flatMap(({ httpHeader }) =>
    typeof httpHeader === 'string' ? [httpHeader.toLowerCase()] : [],
  );
  const pinned = fixedQuery.filter(([name]) => name !== 'x-id').length + requiredQuery.length + requiredHeaders.length;
  const literals = path.split('/').filter((part) => part !== '' && !part.startsWith('{')).length;
  const weight = pinned * 100 + literals;
  return [{ operation, method, ...patternOf(path), fixedQuery, requiredQuery, requiredHeaders, weight }];
}

/** S3's model leaves the bucket to the endpoint; in path style it comes first. */
function withMissingLabels(template: string, input: NormalizedSchema): string {
  const missing = [...membersOf(input)]
    .filter(([name, member]) => member.getMergedTraits().httpLabel && !new RegExp(`\\{${name}\\+?\\}`).test(template))
    .map(([name]) => `/{${name}}`);
  return missing.length === 0 ? template : missing.join('') + (template === '/' ? '' : template);
}

function patternOf(path: string): { pattern: RegExp; labels: string[] } {
  const labels: string[] = [];
  const source = path.split('/').map((part) => {
    const label = /^\{([^+}]+)(\+?)\}$/.exec(part);
    if (label === null) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    labels.push(label[1] ?? '');
    return label[2] === '+' ? '(.+)' : '([^/]+)';
  });
  return { pattern: new RegExp(`^${source.join('/')}/?$`.replace('//?$', '/?$')), labels };
}

function requiredMembers(input: NormalizedSchema) {
  const schema = input.getSchema() as unknown as Struct & { readonly 6?: number };
  return [...membersOf(input)].slice(0, schema[6] ?? 0).map(([, member]) => member.getMergedTraits());
}

export function membersOf(schema: NormalizedSchema): Iterable<[string, NormalizedSchema]> {
  return schema.isUnitSchema() ? [] : schema.structIterator();
}

const BUCKET_HOST = /^(.+)\.(?:s3[.-][\w.-]*amazonaws\.com|localhost)(?::\d+)?$/;

/** A bucket in the host's name, as SDKs send it where the endpoint is no address, is moved into the path. */
function bucketInPath(request: WireRequest): string {
  const bucket = BUCKET_HOST.exec(request.headers['host'] ?? '')?.[1];
  return bucket === undefined || bucket === 's3' ? request.path : `/${bucket}${request.path}`;
}

/** A stray percent sign is taken as it is. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
