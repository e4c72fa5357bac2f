import type { RequestFate } from './faults/request-faults.ts';
import { expiredError, hasFaults, remembersAnswers, requestFate, throttledError } from './faults/request-faults.ts';
import { StaleAnswers, isRead } from './faults/stale-answers.ts';
import type { Answer } from './faults/stale-answers.ts';
import { identityOf } from './identity.ts';
import type { Identity } from './identity.ts';
import { TokenBuckets } from './limits/token-buckets.ts';
import type { LoadedService } from './service-loader.ts';
import type { Store } from './store/store.ts';
import type { WireError } from './wire/protocol.ts';
import type { OperationModel } from './wire/model.ts';
import type { Route } from './wire/route.ts';
import { ServiceError } from './world.ts';
import type { Call, Operation, World } from './world.ts';

/** A request that has got to its service, however it travelled. */
export interface Arrived {
  readonly service: LoadedService;
  readonly route: Route;
  readonly requestId: string;
  /** The cloud's time. */
  readonly now: number;
  /** @throws ServiceError where the request cannot be read */
  operationName(): string | undefined;
}

/** How a request's input is read, and how its output is written. */
export type Travel<T> = (operation: OperationModel) => {
  readonly input: object;
  readonly finish: (output: object) => T;
};

/** What comes of a request: its result, AWS's error, or nothing because the connection is lost. */
export type Answered<T> = { readonly delayMs?: number } & (
  { readonly result: T } | { readonly error: WireError } | { readonly isReset: true }
);

/** Who answers requests: faults and limits first, then the behaviour, all of it or nothing. */
export class Answering {
  readonly #store: Store;
  readonly #hasLimits: boolean;
  readonly #report: (defect: unknown) => void;
  readonly #buckets = new TokenBuckets();
  readonly #stale = new StaleAnswers();

  constructor(store: Store, options: { readonly hasLimits: boolean; readonly report: (defect: unknown) => void }) {
    this.#store = store;
    this.#hasLimits = options.hasLimits;
    this.#report = options.report;
  }

  forget(): void {
    this.#buckets.clear();
    this.#stale.clear();
  }

  answer<T>(arrived: Arrived, travel: Travel<T>): Answered<T> {
    const { service, route } = arrived;
    let fate: RequestFate = {};
    try {
      const name = arrived.operationName();
      const operation = name === undefined ? undefined : service.model.operations.get(name);
      const behaviour = name === undefined ? undefined : service.operations[name];
      if (operation === undefined || behaviour === undefined) {
        return { error: notSimulated(`${route.service}:${name ?? 'this request'}`) };
      }
      fate = this.#fate(arrived, operation.name);
      if (fate.error !== undefined) throw fate.error;
      if (fate.reset === 'before') return { isReset: true };
      const result = this.#store.transact(arrived.now, (world) =>
        this.#perform(world, arrived, { operation, behaviour, travel, fate }),
      );
      return { ...late(fate), ...(fate.reset === 'after' ? { isReset: true } : { result }) };
    } catch (error) {
      return { ...late(fate), error: this.#wireError(service, error) };
    }
  }

  /** Drawn in a transaction of its own: a fault has struck even if the request then fails. */
  #fate({ service, route, now }: Arrived, operation: string): RequestFate {
    return this.#store.transact(now, (world) =>
      hasFaults(world) ? requestFate(world, service, { ...route, operation }, callerOf(world, service, route)) : {},
    );
  }

  #perform<T>(world: World, arrived: Arrived, work: Work<T>): T {
    const { route, requestId } = arrived;
    const { account, arn } = callerOf(world, arrived.service, route);
    const realm = { account, region: route.region };
    const call: Call = { realm, requestId, callerArn: arn, accessKeyId: route.accessKeyId };
    const { input, finish } = work.travel(work.operation);
    this.#take(arrived, work.operation.name, input, `${account}/${route.region}/${route.service}`);
    if (!isRead(work.operation.name) || !remembersAnswers(world)) {
      return finish(work.behaviour(world, input as never, call));
    }
    const question = JSON.stringify([route, work.operation.name, input]);
    const answer = answerOf(() => work.behaviour(world, input as never, call));
    const { staleMs } = work.fate;
    const given = (staleMs === undefined ? undefined : this.#stale.since(question, world.now - staleMs)) ?? answer;
    this.#stale.remember(question, world.now, answer);
    if ('thrown' in given) throw given.thrown;
    return finish(given.output);
  }

  #take({ service, now }: Arrived, operation: string, input: object, owner: string): void {
    const limit = this.#hasLimits ? service.limitOf(operation, input) : undefined;
    if (limit !== undefined && !this.#buckets.take(owner, limit, now)) throw throttledError(service);
  }

  #wireError({ model }: LoadedService, error: unknown): WireError {
    if (error instanceof ServiceError) {
      const known = model.errors.get(error.code);
      const { code, status } = known ?? { code: error.code, status: error.httpStatus };
      return { code, status, message: error.message, ...(error.members && { members: error.members }) };
    }
    this.#report(error);
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { code: 'InternalFailure', status: 500, message: `A defect of the local cloud: ${detail}` };
  }
}

interface Work<T> {
  readonly operation: OperationModel;
  readonly behaviour: Operation;
  readonly travel: Travel<T>;
  readonly fate: RequestFate;
}

export function notSimulated(what: string): WireError {
  return {
    code: 'NotImplemented',
    status: 501,
    message: `The local cloud does not simulate ${what}; docs/local-cloud-operations.md lists what it does`,
  };
}

function callerOf(world: World, service: LoadedService, route: Route): Identity {
  return identityOf(world, route.accessKeyId, () => expiredError(service, route));
}

function late({ delayMs }: RequestFate): { readonly delayMs?: number } {
  return delayMs === undefined ? {} : { delayMs };
}

function answerOf(behave: () => object): Answer {
  try {
    return { output: behave() };
  } catch (thrown) {
    if (thrown instanceof ServiceError) return { thrown };
    throw thrown;
  }
}
