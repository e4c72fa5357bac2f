import type {
  DescribeStackEventsOutput,
  DescribeStacksOutput,
  ListStacksOutput,
  StackEvent,
} from '@aws-sdk/client-cloudformation';
import { TAG } from '@roundtrip/engine';
import type { Orphan } from '@roundtrip/engine';
import { invoker } from '@roundtrip/local-cloud';
import { ENVIRONMENT, parametersOf } from './desired.ts';
import type { Observation, OperationRecord, Sight } from './record.ts';
import { ACCOUNT, REGION, type Stage } from './stage.ts';

/** Somebody who looks at the account with other credentials than the runs, so that no fault is meant for them. */
export interface Looker {
  /** @param closely asks SSM itself what the stacks' parameters say, in place of CloudFormation */
  sight(at: number, closely?: boolean): Promise<Sight>;
  history(): Promise<Pick<Observation, 'operations' | 'makers'>>;
}

type Ask = (service: string, operation: string, input: object) => Promise<object>;

export function createLooker({ cloud, clock }: Stage): Looker {
  const asking = (accessKeyId: string): Ask =>
    invoker(cloud, { accessKeyId, region: REGION, sleep: (ms) => clock.sleep(ms) });
  const role = { RoleArn: `arn:aws:iam::${ACCOUNT}:role/looker`, RoleSessionName: 'look', DurationSeconds: 43_200 };
  const fresh = async (): Promise<Ask> => {
    const { Credentials: keys } = (await asking(ACCOUNT)('sts', 'AssumeRole', role)) as {
      readonly Credentials: { readonly AccessKeyId: string };
    };
    return patient(asking(keys.AccessKeyId), (ms) => clock.sleep(ms));
  };
  return {
    async sight(at, closely = false) {
      const ask = await fresh();
      const stacks = await stacksIn(ask);
      return {
        at,
        stacks,
        values: closely ? await valuesIn(ask, stacks) : toldValues(stacks),
        tagged: await taggedIn(ask),
        ledger: await ledgerIn(ask),
        groups: await idsIn(ask, 'AWS::Logs::LogGroup'),
        topics: await idsIn(ask, 'AWS::SNS::Topic'),
        untagged: await idsIn(ask, 'AWS::Logs::QueryDefinition'),
      };
    },
    history: async () => await historyIn(await fresh()),
  };
}

const PAUSE_MS = 2_000;
const TRIES_MAX = 10;

/** The account's rate limits are everybody's. */
function patient(ask: Ask, sleep: (ms: number) => Promise<void>): Ask {
  return async (...call) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask(...call);
      } catch (error) {
        if (tries === TRIES_MAX || !/Throttling|TooManyRequests|SlowDown/.test((error as Error).name)) throw error;
        await sleep(PAUSE_MS * tries);
      }
    }
  };
}

/** All pages of an answer. */
async function* pages<T>(ask: Ask, call: readonly [string, string, object], token: string): AsyncGenerator<T> {
  const [service, operation, input] = call;
  let next: string | undefined;
  do {
    const page = await ask(service, operation, { ...input, [token]: next });
    yield page as T;
    next = (page as Readonly<Record<string, string | undefined>>)[token];
  } while (next !== undefined && next !== '');
}

async function stacksIn(ask: Ask): Promise<Sight['stacks']> {
  const found: Sight['stacks'][number][] = [];
  const all = pages<DescribeStacksOutput>(ask, ['cloudformation', 'DescribeStacks', {}], 'NextToken');
  for await (const { Stacks = [] } of all) {
    for (const {
      StackName: name = '',
      StackStatus: status = '',
      StackId: id = '',
      Tags = [],
      Outputs = [],
      Parameters = [],
    } of Stacks) {
      const tag = (key: string): string | undefined => Tags.find(({ Key }) => Key === key)?.Value;
      const outputs = Object.fromEntries(
        Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
      );
      const [environment, fingerprint] = [tag(TAG.environment), tag(TAG.fingerprint)];
      const upstream = Parameters.find(({ ParameterKey }) => ParameterKey === 'Upstream')?.ParameterValue;
      found.push({ id, name, status, environment, fingerprint, outputs, upstream });
    }
  }
  return found;
}

/** What CloudFormation says of them: it costs nothing more than the look at the stacks. */
function toldValues(stacks: Sight['stacks']): Sight['values'] {
  const own = stacks.filter((one) => one.environment === ENVIRONMENT);
  return Object.fromEntries(
    own.flatMap(({ name, outputs, upstream = '' }) => {
      const [p0, p1] = parametersOf(name);
      return [
        [p0, outputs['Generation'] ?? ''],
        [p1, upstream],
      ];
    }),
  );
}

/** As many as may be asked for at once. */
const PARAMETERS_MAX = 10;

interface Parameters {
  readonly Parameters?: readonly { readonly Name?: string; readonly Value?: string }[];
}

async function valuesIn(ask: Ask, stacks: Sight['stacks']): Promise<Sight['values']> {
  const names = stacks.filter((one) => one.environment === ENVIRONMENT).flatMap(({ name }) => parametersOf(name));
  const values: Record<string, string> = {};
  for (let from = 0; from < names.length; from += PARAMETERS_MAX) {
    const answer = await ask('ssm', 'GetParameters', { Names: names.slice(from, from + PARAMETERS_MAX) });
    for (const { Name = '', Value = '' } of (answer as Parameters).Parameters ?? []) values[Name] = Value;
  }
  return values;
}

interface TaggedPage {
  readonly ResourceTagMappingList?: readonly { readonly ResourceARN?: string }[];
}

async function taggedIn(ask: Ask): Promise<string[]> {
  const arns: string[] = [];
  const filter = { TagFilters: [{ Key: TAG.environment, Values: [ENVIRONMENT] }] };
  for await (const page of pages<TaggedPage>(ask, ['tagging', 'GetResources', filter], 'PaginationToken')) {
    const list = page.ResourceTagMappingList ?? [];
    arns.push(...list.map(({ ResourceARN: arn = '' }) => arn).filter((arn) => !arn.includes(':cloudformation:')));
  }
  return arns;
}

interface ResourcePage {
  readonly ResourceDescriptions?: readonly { readonly Identifier?: string }[];
}

async function idsIn(ask: Ask, TypeName: string): Promise<string[]> {
  const names: string[] = [];
  for await (const page of pages<ResourcePage>(ask, ['cloudcontrolapi', 'ListResources', { TypeName }], 'NextToken')) {
    names.push(...(page.ResourceDescriptions ?? []).map(({ Identifier = '' }) => Identifier));
  }
  return names;
}

async function ledgerIn(ask: Ask): Promise<string[]> {
  try {
    const where = { Bucket: `roundtrip-${ACCOUNT}-${REGION}`, Key: `ledgers/${ENVIRONMENT}.json` };
    const { Body } = (await ask('s3', 'GetObject', where)) as { readonly Body: Uint8Array };
    const orphans = JSON.parse(Buffer.from(Body).toString('utf8')) as Orphan[];
    return orphans.map(({ physicalId }) => physicalId);
  } catch {
    return [];
  }
}

const KINDS = { CREATE_IN_PROGRESS: 'create', UPDATE_IN_PROGRESS: 'update', DELETE_IN_PROGRESS: 'delete' } as const;

/** Every operation of every stack that there ever was, and whatever they held, from their events. */
async function historyIn(ask: Ask): Promise<Pick<Observation, 'operations' | 'makers'>> {
  const operations: OperationRecord[] = [];
  const makers = new Map<string, string[]>();
  const ids: string[] = [];
  for await (const page of pages<ListStacksOutput>(ask, ['cloudformation', 'ListStacks', {}], 'NextToken')) {
    ids.push(...(page.StackSummaries ?? []).map(({ StackId: id = '' }) => id));
  }
  for (const id of ids) {
    const events = await eventsOf(ask, id);
    operations.push(...operationsOf(events.filter(isOfStack)));
    for (const { PhysicalResourceId: held = '', StackName: stack = '' } of events.filter((one) => !isOfStack(one))) {
      const known = makers.get(held);
      if (known === undefined) makers.set(held, [stack]);
      else if (!known.includes(stack)) known.push(stack);
    }
  }
  return { operations, makers };
}

function isOfStack({ PhysicalResourceId, StackId }: StackEvent): boolean {
  return PhysicalResourceId === StackId;
}

/** The oldest first. */
async function eventsOf(ask: Ask, StackName: string): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  const all = pages<DescribeStackEventsOutput>(
    ask,
    ['cloudformation', 'DescribeStackEvents', { StackName }],
    'NextToken',
  );
  for await (const { StackEvents = [] } of all) events.push(...StackEvents);
  return events.reverse();
}

function operationsOf(events: readonly StackEvent[]): OperationRecord[] {
  const records: OperationRecord[] = [];
  for (const event of events) {
    const { ResourceStatus: status = '', StackName: stack = '' } = event;
    const at = event.Timestamp?.getTime() ?? 0;
    const kind = KINDS[status as keyof typeof KINDS];
    const last = records.at(-1);
    if (kind !== undefined && !status.includes('ROLLBACK')) {
      records.push({ stack, kind, beganAt: at, endedAt: Infinity, end: status });
    } else if (last !== undefined) {
      records[records.length - 1] = { ...last, endedAt: at, end: status };
    }
  }
  return records;
}
