import type { S3Client } from '@aws-sdk/client-s3';
import type { CallCounter } from './call-counter.ts';
import { ask } from './client-of.ts';
import type { Invoke } from './client-settings.ts';

/** What of S3's client is used on the account's bucket. */
export type ObjectClient = Pick<S3Client, 'send'>;

/** For a cloud in the same process; whoever writes on condition tries again by itself. */
export function directObjects(invoke: Invoke, counter: CallCounter): ObjectClient {
  const send = async (command: { readonly input: object }): Promise<object> => {
    const operation = command.constructor.name.replace(/Command$/, '');
    return await counter.count(operation, () => ask(invoke, 's3', operation, command.input));
  };
  return { send: send as ObjectClient['send'] };
}
