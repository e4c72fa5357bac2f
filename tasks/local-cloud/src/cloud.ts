import { copy } from './copy.ts';
import { identityOf } from './identity.ts';
import { services as allServices } from './services/registry.ts';
import type { Registry } from './services/registry.ts';
import { noLog } from './store/log.ts';
import type { Log } from './store/log.ts';
import { Store } from './store/store.ts';
import type { DueRecord } from './store/store.ts';
import { ServiceLoader } from './service-loader.ts';
import type { LoadedService } from './service-loader.ts';
import { checkInput } from './wire/check-input.ts';
import { fallbackError } from './wire/fallback-error.ts';
import type { WireRequest, WireResponse } from './wire/http.ts';
import type { OperationModel } from './wire/model.ts';
import type { WireError } from './wire/protocol.ts';
import { routeOf } from './wire/route.ts';
import type { Route } from './wire/route.ts';
import { ServiceError } from './world.ts';
import type { Call, World } from './world.ts';

export interface Clock {
  /** Milliseconds since the epoch on the cloud's clock. */
  now(): number;
}

export interface CloudOptions {
  readonly clock: Clock;
  /** The same seed and the same requests at the same times give the same cloud. */
  readonly seed?: string;
  /** Where transactions are kept; by default nowhere. */
  readonly log?: Log;
  readonly services?: Registry;
  /** Hears of behaviour that broke down: a defect of the simulation, never a mistake of the caller. */
  readonly report?: (defect: unknown) => void;
}

/** A request as shapes of the SDK, without the wire. */
export interface Invocation extends Route {
  readonly operation: string;
  readonly input: object;
}

export type Invoked = { readonly requestId: string } & ({ readonly output: object } | { readonly error: WireError });

/** An AWS control plane without sockets or timers: time passes only when somebody asks for something. */
export interface Cloud {
  /** Answers one request; every failure is an answer. */
  handle(request: WireRequest): Promise<WireResponse>;
  /** Answers one request that never was on a wire; everything else is as with `handle`. */
  invoke(invocation: Invocation): Promise<Invoked>;
  /** Lets everything happen that is due by now. */
  settle(): Promise<void>;
  /** When the next thing happens by itself, for a clock that jumps. */
  nextDueAt(): number | undefined;
  now(): number;
  /** Forgets everything. */
  reset(): void;
  /** Writes a snapshot; nothing may be asked of the cloud afterwards. */
  close(): void;
}

export function createCloud(options: CloudOptions): Cloud {
  return new LocalCloud(options);
}

class LocalCloud implements Cloud {
  readonly #clock: Clock;
  readonly #store: Store;
  readonly #loader: ServiceLoader;
  readonly #report: (defect: unknown) => void;

  constructor(options: CloudOptions) {
    this.#clock = options.clock;
    this.#store = new Store({ log: options.log ?? noLog, seed: options.seed ?? 'roundtrip' });
    this.#loader = new ServiceLoader(options.services ?? allServices);
    this.#report = options.report ?? (() => undefined);
  }

  now(): number {
    return Math.max(this.#clock.now(), this.#store.now);
  }

  nextDueAt(): number | undefined {
    return this.#store.nextDue()?.at;
  }

  reset(): void {
    this.#store.reset();
  }

  close(): void {
    this.#store.close();
  }

  async settle(): Promise<void> {
    await this.#catchUp();
    this.#store.flush();
  }

  async handle(request: WireRequest): Promise<WireResponse> {
    const route = routeOf(request);
    const requestId = this.#store.nextRequestId();
    if (route === undefined) {
      return fallbackError(request, requestId, {
        code: 'MissingAuthenticationToken',
        message: 'Request is missing Authentication Token',
        status: 403,
      });
    }
    const service = await this.#loader.load(route.service);
    if (service === undefined) {
      return fallbackError(request, requestId, notSimulated(`the service ${route.service}`));
    }
    await this.#catchUp();
    // From here on nothing is awaited: a request is handled whole or not at all, one after the other.
    const response = this.#answer(service, route, request, requestId);
    this.#store.flush();
    return response;
  }

  async invoke({ operation: name, input, ...route }: Invocation): Promise<Invoked> {
    const requestId = this.#store.nextRequestId();
    const service = await this.#loader.load(route.service);
    if (service === undefined) return { requestId, error: notSimulated(`the service ${route.service}`) };
    await this.#catchUp();
    const invoked = this.#perform(service, { route, requestId, name: () => name }, (operation) => {
      checkInput(service.model, operation.input, input);
      // Neither side keeps what the other may change.
      return { input: copy(input), finish: (output) => copy(output) };
    });
    this.#store.flush();
    return 'error' in invoked ? { requestId, error: invoked.error } : { requestId, output: invoked.result };
  }

  /** Lets everything due by now happen, in order, each at its own time. */
  async #catchUp(): Promise<void> {
    for (let due = this.#store.nextDue(); due !== undefined && due.at <= this.now(); due = this.#store.nextDue()) {
      // Loading gives way to other requests, which may take this very thing off the queue: look again after it.
      if (this.#loader.knowsHandler(due.kind)) this.#happen(due);
      else await this.#loader.loadHandler(due.kind);
    }
  }

  #happen(due: DueRecord): void {
    try {
      this.#store.transact(due.at, (world) => {
        this.#store.take(due);
        this.#loader.handler(due.kind)(world, due);
      });
    } catch (defect) {
      // It would break down again and hold up everything behind it.
      this.#store.transact(due.at, () => this.#store.take(due));
      this.#report(defect);
    }
  }

  #answer(service: LoadedService, route: Route, request: WireRequest, requestId: string): WireResponse {
    const { model, protocol } = service;
    const answered = this.#perform(
      service,
      { route, requestId, name: () => protocol.operationName(model, request) },
      (operation) => ({
        input: readInput(service, operation, request),
        finish: (output) => protocol.write(model, operation, output, requestId),
      }),
    );
    return 'error' in answered ? protocol.writeError(model, answered.error, requestId) : answered.result;
  }

  /** One request, all of it or nothing: reads its input, lets the behaviour do its work, writes what came of it. */
  #perform<T>(
    service: LoadedService,
    request: { readonly route: Route; readonly requestId: string; name(): string | undefined },
    travel: (operation: OperationModel) => { readonly input: object; readonly finish: (output: object) => T },
  ): { readonly result: T } | { readonly error: WireError } {
    try {
      const name = request.name();
      const operation = name === undefined ? undefined : service.model.operations.get(name);
      const behaviour = name === undefined ? undefined : service.operations[name];
      if (operation === undefined || behaviour === undefined) {
        return { error: notSimulated(`${request.route.service}:${name ?? 'this request'}`) };
      }
      const result = this.#store.transact(this.now(), (world) => {
        const call = callOf(world, request.route, request.requestId);
        const { input, finish } = travel(operation);
        return finish(behaviour(world, input as never, call));
      });
      return { result };
    } catch (error) {
      return { error: this.#wireError(service, error) };
    }
  }

  #wireError({ model }: LoadedService, error: unknown): WireError {
    if (error instanceof ServiceError) {
      const known = model.errors.get(error.code);
      const { code, status } = known ?? { code: error.code, status: error.httpStatus };
      return { code, status, message: error.message };
    }
    this.#report(error);
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { code: 'InternalFailure', status: 500, message: `A defect of the local cloud: ${detail}` };
  }
}

/** @throws ServiceError where the request does not hold what the operation's schema says */
function readInput({ model, protocol }: LoadedService, operation: OperationModel, request: WireRequest): object {
  const input = readable(() => protocol.read(model, operation, request));
  checkInput(model, operation.input, input);
  return input;
}

/** The SDK's deserializers were written for answers of AWS and throw plain errors at what a caller may send. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw new ServiceError('SerializationException', 'A value in the request cannot be read as its type');
  }
}

function callOf(world: World, route: Route, requestId: string): Call {
  const { account, arn } = identityOf(world, route.accessKeyId);
  return { realm: { account, region: route.region }, requestId, callerArn: arn, accessKeyId: route.accessKeyId };
}

function notSimulated(what: string): WireError {
  return {
    code: 'NotImplemented',
    status: 501,
    message: `The local cloud does not simulate ${what}; tasks/local-cloud/README.md lists what it does`,
  };
}
