import { CloudControlClient, paginateListResources } from '@aws-sdk/client-cloudcontrol';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  ListStacksCommand,
  paginateDescribeStacks,
} from '@aws-sdk/client-cloudformation';
import { ResourceGroupsTaggingAPIClient, paginateGetResources } from '@aws-sdk/client-resource-groups-tagging-api';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { clientConfig } from '@roundtrip/aws';
import { TAG } from '@roundtrip/engine';
import type { Orphan } from '@roundtrip/engine';
import { inProcess, requestHandler } from '@roundtrip/local-cloud';
import { ENVIRONMENT } from './desired.ts';
import type { OperationRecord, Sight } from './record.ts';
import { ACCOUNT, REGION, type Stage } from './stage.ts';

/** Somebody who looks at the account with other credentials than the runs, so that no fault is meant for them. */
export interface Looker {
  sight(at: number): Promise<Sight>;
  operations(): Promise<OperationRecord[]>;
}

export function createLooker({ cloud, clock }: Stage): Looker {
  const settings = { region: REGION, requestHandler: requestHandler(cloud), sleep: (ms: number) => clock.sleep(ms) };
  const own = clientConfig(settings);
  const caller = { accessKeyId: ACCOUNT, secretAccessKey: 'looks' };
  const sts = new STSClient({ ...own, credentials: caller });
  const role = { RoleArn: `arn:aws:iam::${ACCOUNT}:role/looker`, RoleSessionName: 'look', DurationSeconds: 43_200 };
  const fresh = async () => {
    const { Credentials: keys } = await sts.send(new AssumeRoleCommand(role));
    const credentials = { accessKeyId: keys?.AccessKeyId ?? '', secretAccessKey: keys?.SecretAccessKey ?? '' };
    return { ...own, credentials };
  };
  return {
    async sight(at) {
      const config = await fresh();
      const rpc = { ...config, ...inProcess(cloud) };
      return {
        at,
        stacks: await stacksIn(new CloudFormationClient(rpc)),
        tagged: await taggedIn(new ResourceGroupsTaggingAPIClient(config)),
        ledger: await ledgerIn(new S3Client(config)),
        groups: await groupsIn(new CloudControlClient(config)),
      };
    },
    operations: async () => await operationsIn(new CloudFormationClient({ ...(await fresh()), ...inProcess(cloud) })),
  };
}

async function stacksIn(client: CloudFormationClient): Promise<Sight['stacks']> {
  const found: Sight['stacks'][number][] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    for (const {
      StackName: name = '',
      StackStatus: status = '',
      StackId: id = '',
      Tags = [],
      Outputs = [],
    } of Stacks) {
      const tag = (key: string): string | undefined => Tags.find(({ Key }) => Key === key)?.Value;
      const outputs = Object.fromEntries(
        Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
      );
      const [environment, fingerprint] = [tag(TAG.environment), tag(TAG.fingerprint)];
      found.push({ id, name, status, environment, fingerprint, outputs });
    }
  }
  return found;
}

async function taggedIn(client: ResourceGroupsTaggingAPIClient): Promise<string[]> {
  const arns: string[] = [];
  const filter = { TagFilters: [{ Key: TAG.environment, Values: [ENVIRONMENT] }] };
  for await (const { ResourceTagMappingList: list = [] } of paginateGetResources({ client }, filter)) {
    arns.push(...list.map(({ ResourceARN: arn = '' }) => arn).filter((arn) => !arn.includes(':cloudformation:')));
  }
  return arns;
}

async function groupsIn(client: CloudControlClient): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListResources({ client }, { TypeName: 'AWS::Logs::LogGroup' })) {
    names.push(...(page.ResourceDescriptions ?? []).map(({ Identifier = '' }) => Identifier));
  }
  return names;
}

async function ledgerIn(client: S3Client): Promise<string[]> {
  try {
    const where = { Bucket: `roundtrip-${ACCOUNT}-${REGION}`, Key: `ledgers/${ENVIRONMENT}.json` };
    const text = await (await client.send(new GetObjectCommand(where))).Body?.transformToString();
    return (JSON.parse(text ?? '[]') as Orphan[]).map(({ physicalId }) => physicalId);
  } catch {
    return [];
  }
}

const KINDS = { CREATE_IN_PROGRESS: 'create', UPDATE_IN_PROGRESS: 'update', DELETE_IN_PROGRESS: 'delete' } as const;

/** Every operation of every stack that there ever was, from its events. */
async function operationsIn(client: CloudFormationClient): Promise<OperationRecord[]> {
  const records: OperationRecord[] = [];
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(new ListStacksCommand({ NextToken: token }));
    ids.push(...(page.StackSummaries ?? []).map(({ StackId: id = '' }) => id));
    token = page.NextToken;
  } while (token !== undefined);
  for (const id of ids) records.push(...(await operationsOf(client, id)));
  return records;
}

async function operationsOf(client: CloudFormationClient, StackName: string): Promise<OperationRecord[]> {
  const events: { readonly status: string; readonly at: number; readonly stack: string }[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeStackEventsCommand({ StackName, NextToken }));
    for (const event of page.StackEvents ?? []) {
      if (event.PhysicalResourceId !== event.StackId) continue;
      events.push({
        ...{ status: event.ResourceStatus ?? '', at: event.Timestamp?.getTime() ?? 0, stack: event.StackName ?? '' },
      });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const records: OperationRecord[] = [];
  for (const { status, at, stack } of events.reverse()) {
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
