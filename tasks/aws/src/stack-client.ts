import {
  CloudFormationClient,
  paginateDescribeStacks,
  type DescribeStacksCommandOutput,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { CallCounter } from './call-counter.ts';
import { atPace, keepPace, type Pace } from './keep-pace.ts';
import { clientConfig, type ClientSettings, type Invoke } from './client-settings.ts';

/** What of the SDK's client is used here. */
export interface StackClient {
  readonly send: CloudFormationClient['send'];
  /** Every stack that is not deleted, all pages. */
  stacks(signal?: AbortSignal): AsyncIterable<readonly Stack[]>;
}

export function createStackClient(settings: ClientSettings, counter: CallCounter): StackClient {
  if (settings.invoke !== undefined) return directClient(settings.invoke, settings.pace, counter);
  // The engine tries again by itself: it knows which of these calls may be made twice, and looks before it does.
  const client = counter.watch(new CloudFormationClient({ ...clientConfig(settings), maxAttempts: 1 }));
  if (settings.pace !== undefined) keepPace(client, settings.pace);
  return {
    send: client.send.bind(client),
    async *stacks(signal) {
      const config = { client, ...(signal === undefined ? {} : { abortSignal: signal }) };
      for await (const page of paginateDescribeStacks(config, {})) yield page.Stacks ?? [];
    },
  };
}

/** Without the SDK's layers, which take longer than a cloud in the same process does. */
function directClient(invoke: Invoke, pace: Pace | undefined, counter: CallCounter): StackClient {
  const call = async (operation: string, input: object): Promise<object> => {
    const counted = () => counter.count(operation, () => invoke('cloudformation', operation, input));
    return pace === undefined ? await counted() : await atPace(pace, operation, counted);
  };
  const send = async (command: { readonly input: object }): Promise<object> =>
    await call(command.constructor.name.replace(/Command$/, ''), command.input);
  return {
    send: send as StackClient['send'],
    async *stacks() {
      let token: string | undefined;
      do {
        const page = (await call('DescribeStacks', { NextToken: token })) as DescribeStacksCommandOutput;
        yield page.Stacks ?? [];
        token = page.NextToken;
      } while (token !== undefined);
    },
  };
}
