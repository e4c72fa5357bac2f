import { strict as assert } from 'node:assert';
import { services } from '../services/registry.ts';
import type { Registry } from '../services/registry.ts';
import type { DueHandler, Service } from '../world.ts';

/** Every service, with a count of the things that happen by themselves: what never ends would pass the bound. */
export class BoundedServices {
  readonly #stepsMax: number;
  /** Things that have happened since the case began. */
  steps = 0;
  /** The most that ever happened in one case. */
  most = 0;

  constructor(stepsMax: number) {
    this.#stepsMax = stepsMax;
  }

  begin(): void {
    this.steps = 0;
  }

  registry(): Registry {
    return Object.fromEntries(
      Object.entries(services).map(([name, load]) => [name, async () => this.#bound(await load())]),
    );
  }

  #bound(service: Service): Service {
    const handlers = Object.entries(service.handlers ?? {}).map(([kind, handler]) => [kind, this.#counted(handler)]);
    return { ...service, handlers: Object.fromEntries(handlers) as Record<string, DueHandler> };
  }

  #counted(handler: DueHandler): DueHandler {
    return (world, due) => {
      this.steps += 1;
      this.most = Math.max(this.most, this.steps);
      assert(this.steps <= this.#stepsMax, `more than ${this.#stepsMax} steps, the last of them ${due.kind}`);
      handler(world, due);
    };
  }
}
