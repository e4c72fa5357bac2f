/**
 * What a simulated service sees of the cloud: records, time, chance and things that happen later. Nothing else: no
 * clock, no timer, no random number and no file of its own, so that the same requests at the same times give the
 * same cloud, and so that whatever a service writes is on disk before the caller is answered.
 */

/** Records of one kind in one account and region, by id. Records are plain JSON and never changed in place. */
export interface Table<T> {
  get(id: string): T | undefined;
  /** Replaces the whole record. */
  put(id: string, record: T): void;
  delete(id: string): void;
  /** In order of insertion. */
  values(): Iterable<T>;
  readonly size: number;
}

/** An account and a region: separate worlds. Global services (IAM, S3 names, Route 53) use region `global`. */
export interface Realm {
  readonly account: string;
  readonly region: string;
}

/** Something that will happen by itself; handlers are found by `kind`. The payload is plain JSON. */
export interface Due {
  readonly kind: string;
  readonly realm: Realm;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface World {
  /** Milliseconds since the epoch on the cloud's own clock. While a due thing is handled it is the time it was due. */
  readonly now: number;
  table<T>(name: string, realm: Realm): Table<T>;
  /** Every realm that has records in that table. */
  realms(table: string): Iterable<Realm>;
  /** Seeded; the same order of calls gives the same numbers. 0 ≤ x < 1. */
  random(): number;
  /** Seeded hexadecimal digits, for identifiers. */
  hex(digits: number): string;
  /** A seeded UUID. */
  uuid(): string;
  /** Lets something happen `afterMs` milliseconds of the cloud's clock from now; returns an id for `cancel`. */
  later(afterMs: number, due: Due): string;
  cancel(id: string): void;
}

export type DueHandler = (world: World, due: Due) => void;

/** One request, read from the wire. */
export interface Call {
  readonly realm: Realm;
  readonly requestId: string;
  /** `arn:aws:iam::111111111111:root`, or the assumed role's. */
  readonly callerArn: string;
  /** The key that the request was signed with; absent where a service is called without the wire. */
  readonly accessKeyId?: string;
}

/** An operation's behaviour: input and output are the shapes of the SDK's own types. Synchronous: time never passes inside. */
export type Operation = (world: World, input: never, call: Call) => object;

/** A token bucket: how many requests at once, and how many more each second of the cloud's clock. */
export interface RateLimit {
  /** Operations with the same bucket share it, per account and region. */
  readonly bucket: string;
  readonly burst: number;
  readonly perSecond: number;
}

export interface Service {
  /** The SDK's client package without its scope: `client-cloudformation`. */
  readonly client: string;
  /** By operation name: `DescribeStacks`. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** `<service>.<what>`, by the service's name in the registry. */
  readonly handlers?: Readonly<Record<string, DueHandler>>;
  /** Which bucket an operation takes its token from; undefined where no limit is known. */
  limitOf?(operation: string, input: object): RateLimit | undefined;
  /** What an empty bucket answers with; `ThrottlingException` with `Rate exceeded` unless said. */
  readonly throttled?: ServiceError;
}

/** An error as AWS words it; the wire layer gives it the protocol's form. */
export class ServiceError extends Error {
  readonly code: string;
  readonly httpStatus: number;
  /** What the error's shape has beside its text, by the wire's names; only the JSON protocols send it. */
  readonly members: Readonly<Record<string, string>> | undefined;

  constructor(code: string, message: string, httpStatus = 400, members?: Readonly<Record<string, string>>) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.httpStatus = httpStatus;
    this.members = members;
  }
}
