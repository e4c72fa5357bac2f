import { services } from '../services/registry.ts';
import type { Answer, Caller } from './caller.ts';
import type { Step } from './step.ts';

interface SdkClient {
  send(command: object): Promise<object>;
}
type SdkPackage = Readonly<Record<string, new (input: object) => object>>;

/** The SDK as the client; `config` is what each of its clients is made with. */
export function bySdk(config: object): Caller {
  const clients = new Map<string, Promise<{ client: SdkClient; sdk: SdkPackage }>>();
  return {
    async call(step) {
      const known = clients.get(step.service) ?? clientOf(step.service, config);
      clients.set(step.service, known);
      const { client, sdk } = await known;
      const Command = sdk[`${step.operation}Command`];
      if (Command === undefined) return undefined;
      return answerOf(() => client.send(new Command(inputOf(step))));
    },
  };
}

async function clientOf(service: string, config: object): Promise<{ client: SdkClient; sdk: SdkPackage }> {
  const { client = '' } = (await services[service]?.()) ?? {};
  const sdk = (await import(`@aws-sdk/${client}`)) as SdkPackage;
  const name = Object.keys(sdk).find((one) => one.endsWith('Client') && !one.startsWith('__'));
  const Client = sdk[name ?? ''] as new (config: object) => SdkClient;
  return { client: new Client(config), sdk };
}

function inputOf({ input, bytes = {}, body }: Step): object {
  const blobs = Object.entries(bytes).map(([name, text]) => [name, Buffer.from(text, 'base64')] as const);
  return { ...datesIn(input), ...Object.fromEntries(blobs), ...(body === undefined ? {} : { Body: body }) };
}

/** The command line reads times from text, the SDK wants them as such. */
function datesIn(value: object): object {
  return JSON.parse(JSON.stringify(value), (_key, item: unknown) =>
    typeof item === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(item) ? new Date(item) : item,
  ) as object;
}

async function answerOf(send: () => Promise<object>): Promise<Answer> {
  try {
    const { $metadata: _, ...output } = (await send()) as { $metadata?: unknown };
    return { output: await plain(output) };
  } catch (error) {
    const { name, message, Code: code } = error as Error & { Code?: string };
    return { code: code ?? name, message };
  }
}

interface Download {
  transformToString(): Promise<string>;
}

async function plain(output: Record<string, unknown>): Promise<unknown> {
  const { Body: body, ...rest } = output;
  const isDownload = typeof (body as Partial<Download> | undefined)?.transformToString === 'function';
  const whole = isDownload ? { ...rest, Body: await (body as Download).transformToString() } : output;
  return JSON.parse(JSON.stringify(base64(whole)));
}

function base64(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(base64);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, base64(item)]));
}
