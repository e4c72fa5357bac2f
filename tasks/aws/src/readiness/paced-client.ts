import type { CallCounter } from '../call-counter.ts';
import { clientOf, type Client } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { keepPace } from '../keep-pace.ts';

/**
 * A client whose calls are counted, and wait until the run may make them. One for a cloud in the same process has no
 * wire to wait at: nobody else shares that account.
 * @param service the name that its requests are signed with
 */
export function pacedClient<C extends Client>(
  make: new (config: never) => C,
  service: string,
  settings: ClientSettings,
  counter: CallCounter,
): C {
  const client = clientOf(make, service, settings, counter);
  if (settings.pace !== undefined && settings.invoke === undefined) keepPace(client, settings.pace);
  return client;
}
