import { strict as assert } from 'node:assert';
import type { Registry } from './services/registry.ts';
import type { WireRequest } from './wire/http.ts';
import type { ServiceModel } from './wire/model.ts';
import type { Protocol } from './wire/protocol.ts';
import type { DueHandler, Operation, RateLimit, Service, ServiceError } from './world.ts';

export interface LoadedService {
  readonly model: ServiceModel;
  /** The protocol that a request is written in. */
  protocolOf(request: WireRequest): Protocol;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly throttled: ServiceError | undefined;
  limitOf(operation: string, input: object): RateLimit | undefined;
}

/**
 * Loads what is asked for and nothing else: an SDK client package costs some 10 MB and 50 ms each, and most clouds
 * are asked for two or three of them.
 */
export class ServiceLoader {
  readonly #registry: Registry;
  readonly #loaded = new Map<string, Promise<LoadedService>>();
  readonly #handlers = new Map<string, DueHandler>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** By signing name; undefined where no such service is simulated. */
  load(name: string): Promise<LoadedService> | undefined {
    if (!Object.hasOwn(this.#registry, name)) return undefined;
    let loading = this.#loaded.get(name);
    if (loading === undefined) this.#loaded.set(name, (loading = this.#loadService(name)));
    return loading;
  }

  knowsHandler(kind: string): boolean {
    return this.#handlers.has(kind);
  }

  handler(kind: string): DueHandler {
    const handler = this.#handlers.get(kind);
    assert(handler !== undefined, `nothing handles ${kind}`);
    return handler;
  }

  /** After a restart things are due whose service nobody has called yet; behaviour alone loads without its client. */
  async loadHandler(kind: string): Promise<void> {
    // `<service>.<what>`: nearly always the first one tried.
    const owner = kind.split('.')[0] ?? '';
    const names = Object.keys(this.#registry);
    for (const name of [...names.filter((one) => one === owner), ...names]) {
      await this.#behaviour(name);
      if (this.#handlers.has(kind)) return;
    }
    // What an older version left behind is let go rather than holding up the queue.
    this.#handlers.set(kind, () => undefined);
  }

  async #loadService(name: string): Promise<LoadedService> {
    const service = await this.#behaviour(name);
    let loading = loaded.get(service);
    if (loading === undefined) loaded.set(service, (loading = loadWire(service)));
    return await loading;
  }

  async #behaviour(name: string): Promise<Service> {
    const load = this.#registry[name];
    assert(load !== undefined);
    let loading = behaviours.get(load);
    if (loading === undefined) behaviours.set(load, (loading = load()));
    const service = await loading;
    for (const [kind, handler] of Object.entries(service.handlers ?? {})) this.#handlers.set(kind, handler);
    return service;
  }
}

/** What is loaded knows nothing of any one cloud: every cloud of a process shares it. */
const behaviours = new WeakMap<() => Promise<Service>, Promise<Service>>();
const loaded = new WeakMap<Service, Promise<LoadedService>>();

async function loadWire(service: Service): Promise<LoadedService> {
  const [{ modelOf }, { spokenProtocol }] = await Promise.all([
    import('./wire/model.ts'),
    import('./wire/spoken-protocol.ts'),
  ]);
  const clientPackage = (await import(`@aws-sdk/${service.client}`)) as Readonly<Record<string, unknown>>;
  const model = modelOf(clientPackage);
  return {
    model,
    protocolOf: (request) => spokenProtocol(model, request),
    operations: service.operations,
    throttled: service.throttled,
    limitOf: (operation, input) => service.limitOf?.(operation, input),
  };
}
