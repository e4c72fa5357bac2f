import { classOfError, isPassing } from '@roundtrip/engine';
import type { CallCounter } from './call-counter.ts';
import { ATTEMPTS_MAX, clientConfig, sleepOf, type ClientSettings, type Invoke } from './client-settings.ts';
import { toCloudError } from './cloud-error.ts';
import type { Renewable } from './renew-credentials.ts';

/** What every client of the SDK has. */
export interface Client extends Renewable {
  send(command: never): Promise<unknown>;
}

/**
 * A client of the SDK, counted; or, for a cloud in the same process, something that looks like one and hands inputs to
 * that cloud. A real client reads files of configuration first: under a clock that jumps, hours pass meanwhile.
 * @param service the name that its requests are signed with
 */
export function clientOf<C extends Client>(
  make: new (config: never) => C,
  service: string,
  settings: ClientSettings,
  counter: CallCounter,
): C {
  const { invoke } = settings;
  if (invoke === undefined) return counter.watch(new make(clientConfig(settings) as never));
  // Paginators and waiters ask whether it is an instance.
  const direct = Object.create(make.prototype as object) as C;
  const once = directSend(invoke, service, counter);
  const send = async (command: Command): Promise<object> => await again(() => once(command), sleepOf(settings));
  return Object.assign(direct, { send });
}

/** The part of a command of the SDK that is read here. */
export interface Command {
  readonly input: object;
}

/** What takes the place of a client's `send` for a cloud in the same process; nothing is tried again. */
export function directSend(invoke: Invoke, service: string, counter: CallCounter) {
  return async (command: Command): Promise<object> => {
    const operation = command.constructor.name.replace(/Command$/, '');
    return await counter.count(operation, () => ask(invoke, service, operation, command.input));
  };
}

/** As a client does it: what passes is tried again. */
async function again<T>(call: () => Promise<T>, sleep: (ms: number) => Promise<void>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !isPassing(classOfError(toCloudError(error)))) throw error;
      await sleep(Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** (attempt - 1)));
    }
  }
}

const PAUSE_MS = 500;
const PAUSE_MS_MAX = 20_000;

/** A client takes text for a body, and gives one that can be read as text; the cloud behind it has bytes. */
async function ask(invoke: Invoke, service: string, operation: string, input: object): Promise<object> {
  const { Body: sent } = input as { readonly Body?: unknown };
  const answer = await invoke(
    service,
    operation,
    typeof sent === 'string' ? { ...input, Body: Buffer.from(sent) } : input,
  );
  const { Body: got } = answer as { readonly Body?: unknown };
  if (!(got instanceof Uint8Array)) return answer;
  return { ...answer, Body: { transformToString: async () => Buffer.from(got).toString('utf8') } };
}
