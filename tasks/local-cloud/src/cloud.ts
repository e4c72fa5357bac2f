import { Answering, notSimulated } from './answering.ts';
import type { Answered } from './answering.ts';
import { copy, copyUnshared } from './copy.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import { faultRules, setFaults } from './faults/fault-rule.ts';
import type { FaultRule } from './faults/fault-rule.ts';
import { ServiceLoader } from './service-loader.ts';
import type { LoadedService } from './service-loader.ts';
import { services as allServices } from './services/registry.ts';
import type { Registry } from './services/registry.ts';
import { noLog } from './store/log.ts';
import type { Log } from './store/log.ts';
import { Store } from './store/store.ts';
import type { DueRecord } from './store/store.ts';
import { checkInput } from './wire/check-input.ts';
import { fallbackError } from './wire/fallback-error.ts';
import type { WireRequest, WireResponse } from './wire/http.ts';
import type { OperationModel, ServiceModel } from './wire/model.ts';
import type { Protocol } from './wire/protocol.ts';
import { routeOf } from './wire/route.ts';
import type { Route } from './wire/route.ts';
import { ServiceError } from './world.ts';

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
  /** AWS's rate limits per account and region, on the cloud's clock; `on` unless said. */
  readonly limits?: 'on' | 'off';
  /** What goes wrong from the beginning; where the same faults are on already, they go on as they are. */
  readonly faults?: FaultPlan;
  /** Hears of behaviour that broke down: a defect of the simulation, never a mistake of the caller. */
  readonly report?: (defect: unknown) => void;
}

/** A request as shapes of the SDK, without the wire. */
export interface Invocation extends Route {
  readonly operation: string;
  readonly input: object;
}

export type Invoked = { readonly requestId: string } & Answered<object>;

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
  /** Switches on these faults, in place of those that were on before; their time begins now. */
  setFaults(plan: FaultPlan): void;
  /** What is switched on, and how often each has struck. */
  faults(): readonly FaultRule[];
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
  readonly #answering: Answering;
  readonly #seed: string;

  constructor(options: CloudOptions) {
    this.#clock = options.clock;
    this.#seed = options.seed ?? 'roundtrip';
    this.#store = new Store({ log: options.log ?? noLog, seed: this.#seed });
    this.#loader = new ServiceLoader(options.services ?? allServices);
    this.#report = options.report ?? (() => undefined);
    this.#answering = new Answering(this.#store, { hasLimits: options.limits !== 'off', report: this.#report });
    if (options.faults !== undefined && !this.#isOn(options.faults)) this.setFaults(options.faults);
  }

  now(): number {
    return Math.max(this.#clock.now(), this.#store.now);
  }

  nextDueAt(): number | undefined {
    return this.#store.nextDue()?.at;
  }

  setFaults(plan: FaultPlan): void {
    // What is due before now has yet to happen, each at its own time: the store's clock must not run ahead of it.
    this.#store.transact(this.#store.now, (world) => setFaults(world, plan, { seed: this.#seed, since: this.now() }));
    this.#store.flush();
  }

  faults(): readonly FaultRule[] {
    return this.#store.transact(this.#store.now, (world) => [...faultRules(world).values()]);
  }

  #isOn({ faults }: FaultPlan): boolean {
    return JSON.stringify(this.faults().map(({ fault }) => fault)) === JSON.stringify(faults);
  }

  reset(): void {
    this.#store.reset();
    this.#answering.forget();
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
    const arrived = { service, route, requestId, now: this.now(), operationName: () => name };
    const answered = this.#answering.answer(arrived, (operation) => {
      checkInput(service.model, operation.input, input);
      return { input: copy(input), finish: copyUnshared };
    });
    this.#store.flush();
    return { requestId, ...answered };
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
    const { model } = service;
    const protocol = service.protocolOf(request);
    const operationName = () => protocol.operationName(model, request);
    const arrived = { service, route, requestId, now: this.now(), operationName };
    const answered = this.#answering.answer(arrived, (operation) => ({
      input: readInput(model, protocol, operation, request),
      finish: (output) => protocol.write(model, operation, output, requestId),
    }));
    const delay = answered.delayMs === undefined ? {} : { delayMs: answered.delayMs };
    if ('isReset' in answered) return { status: 0, headers: {}, body: '', isReset: true, ...delay };
    if ('error' in answered) return { ...protocol.writeError(model, answered.error, requestId), ...delay };
    return { ...answered.result, ...delay };
  }
}

/** @throws ServiceError where the request does not hold what the operation's schema says */
function readInput(model: ServiceModel, protocol: Protocol, operation: OperationModel, request: WireRequest): object {
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
