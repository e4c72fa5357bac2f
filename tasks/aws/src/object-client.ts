import type { S3Client } from '@aws-sdk/client-s3';
import type { CallCounter } from './call-counter.ts';
import type { Invoke } from './client-settings.ts';

/** What of S3's client is used on the account's bucket. */
export type ObjectClient = Pick<S3Client, 'send'>;

/** For a cloud in the same process: without S3's client, whose layers take far longer than the cloud does. */
export function directObjects(invoke: Invoke, counter: CallCounter): ObjectClient {
  const send = async (command: { readonly input: object }): Promise<object> => {
    const operation = command.constructor.name.replace(/Command$/, '');
    const answer = await counter.count(operation, () => invoke('s3', operation, asBytes(command.input)));
    return readable(answer);
  };
  return { send: send as ObjectClient['send'] };
}

/** A client takes text for a body; the cloud behind it has bytes. */
function asBytes(input: { readonly Body?: unknown }): object {
  return typeof input.Body === 'string' ? { ...input, Body: Buffer.from(input.Body) } : input;
}

function readable(answer: { readonly Body?: unknown }): object {
  const { Body } = answer;
  if (!(Body instanceof Uint8Array)) return answer;
  return { ...answer, Body: { transformToString: async () => Buffer.from(Body).toString('utf8') } };
}
