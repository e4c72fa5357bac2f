import { NormalizedSchema } from '@smithy/core/schema';

/** The forms of AWS's wire that are spoken, named as Smithy names them. */
export type ProtocolName = 'awsQuery' | 'ec2Query' | 'awsJson1_0' | 'awsJson1_1' | 'restXml' | 'restJson1';

export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, path with `{labels}` and fixed query, status on success; only where the protocol binds to HTTP. */
  readonly http?: readonly [method: string, uri: string, status: number];
}

/** What an SDK client package says of its service: the operations' shapes and how they travel. */
export interface ServiceModel {
  readonly protocol: ProtocolName;
  readonly namespace: string;
  readonly xmlNamespace: string;
  readonly version: string;
  /** First half of `X-Amz-Target`. */
  readonly target: string;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** Errors by the SDK's class name: the code and status that AWS puts on the wire for them. */
  readonly errors: ReadonlyMap<string, { readonly code: string; readonly status: number }>;
  /**
   * Services that once spoke the query protocol go on giving its codes beside their own: by the SDK's class name, as
   * above. Absent for all others.
   */
  readonly queryErrors?: ReadonlyMap<string, { readonly code: string; readonly status: number }>;
}

type Traits = Readonly<Record<string, unknown>>;
type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];
type OperationSchema = readonly [9, namespace: string, name: string, traits: Traits | number, SchemaRef, SchemaRef];
type ErrorSchema = readonly [-3, namespace: string, name: string, traits: Traits | number, ...unknown[]];

interface ClientConfig {
  readonly protocol: { getShapeId(): string };
  readonly protocolSettings: {
    readonly defaultNamespace: string;
    readonly xmlNamespace?: string;
    readonly version: string;
    readonly serviceTarget: string;
    readonly awsQueryCompatible?: boolean;
  };
}
type ClientClass = new (config: object) => { readonly config: ClientConfig };

/**
 * Reads the model out of a loaded client package. AWS generates these packages from the same Smithy models that its
 * services are generated from; every operation and shape is exported as a schema under its name with a `$`.
 */
export function modelOf(clientPackage: Readonly<Record<string, unknown>>): ServiceModel {
  const { protocol, protocolSettings } = clientConfigOf(clientPackage);
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, { code: string; status: number }>();
  const queryErrors = new Map<string, { code: string; status: number }>();
  for (const [name, value] of Object.entries(clientPackage)) {
    if (!name.endsWith('$') || !Array.isArray(value)) continue;
    if (value[0] === 9) operations.set(name.slice(0, -1), operationOf(value as unknown as OperationSchema));
    if (value[0] !== -3) continue;
    errors.set(name.slice(0, -1), errorOf(value as unknown as ErrorSchema, protocol.getShapeId()));
    queryErrors.set(name.slice(0, -1), errorOf(value as unknown as ErrorSchema, 'awsQuery'));
  }
  return {
    protocol: protocol.getShapeId().replace('aws.protocols#', '') as ProtocolName,
    namespace: protocolSettings.defaultNamespace,
    xmlNamespace: protocolSettings.xmlNamespace ?? '',
    version: protocolSettings.version,
    target: protocolSettings.serviceTarget,
    operations,
    errors,
    ...(protocolSettings.awsQueryCompatible === true ? { queryErrors } : {}),
  };
}

/** The protocol's settings are not exported; a client that is never used to send anything carries them. */
function clientConfigOf(clientPackage: Readonly<Record<string, unknown>>): ClientConfig {
  const name = Object.keys(clientPackage).find((key) => key.endsWith('Client') && !key.startsWith('__'));
  const Client = clientPackage[name ?? ''] as ClientClass;
  return new Client({ region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } }).config;
}

function operationOf([, , name, traits, input, output]: OperationSchema): OperationModel {
  const shapes = { name, input: NormalizedSchema.of(input), output: NormalizedSchema.of(output) };
  const http = typeof traits === 'object' ? (traits['http'] as OperationModel['http']) : undefined;
  return http === undefined ? shapes : { ...shapes, http };
}

/** JSON services name an error by its shape and answer 400 or 500, whatever the model has left of the query protocol. */
function errorOf([, , name, traits]: ErrorSchema, protocol: string): { code: string; status: number } {
  if (typeof traits !== 'object') return { code: name, status: 400 };
  const fallback = traits['error'] === 'server' ? 500 : 400;
  if (/awsJson/.test(protocol)) return { code: name, status: fallback };
  const [code, status] = (traits['awsQueryError'] as [string, number] | undefined) ?? [name, undefined];
  return { code, status: status ?? (traits['httpError'] as number | undefined) ?? fallback };
}
