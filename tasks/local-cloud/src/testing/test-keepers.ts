import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as ECR from '@aws-sdk/client-ecr';
import * as IAM from '@aws-sdk/client-iam';
import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as S3 from '@aws-sdk/client-s3';
import * as SecretsManager from '@aws-sdk/client-secrets-manager';
import * as SSM from '@aws-sdk/client-ssm';

/** A service seen as a place that keeps a text under a name. */
export interface Keeper {
  readonly kind: string;
  /** Whether a text that is there cannot be written again. */
  readonly isWrittenOnce?: boolean;
  prepare?(): Promise<unknown>;
  write(name: string, value: string, isThere: boolean): Promise<unknown>;
  remove(name: string): Promise<unknown>;
  /** Undefined where it is absent. */
  read(name: string): Promise<string | undefined>;
  /** What was seen before and is there no more, as sentences. */
  forgotten?(): Promise<string[]>;
  close(): void;
}

/** A keeper for every kind of thing, each through the SDK's client of its service. */
export function keepers(port: number): Keeper[] {
  const config = {
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  return [
    parameters(new SSM.SSMClient(config)),
    objects(new S3.S3Client(config)),
    secrets(new SecretsManager.SecretsManagerClient(config)),
    logGroups(new Logs.CloudWatchLogsClient(config)),
    roles(new IAM.IAMClient(config)),
    repositories(new ECR.ECRClient(config)),
    stacks(new CloudFormation.CloudFormationClient(config)),
    changeSets(new CloudFormation.CloudFormationClient(config)),
  ];
}

function parameters(client: SSM.SSMClient): Keeper {
  return {
    kind: 'parameter',
    write: (Name, Value) => client.send(new SSM.PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })),
    remove: (Name) => client.send(new SSM.DeleteParameterCommand({ Name })),
    read: (Name) =>
      orAbsent(async () => (await client.send(new SSM.GetParameterCommand({ Name }))).Parameter?.Value ?? ''),
    close: () => client.destroy(),
  };
}

function objects(client: S3.S3Client): Keeper {
  const Bucket = 'kept';
  return {
    kind: 'object',
    prepare: () => client.send(new S3.CreateBucketCommand({ Bucket })),
    write: (Key, Body) => client.send(new S3.PutObjectCommand({ Bucket, Key, Body })),
    remove: (Key) => client.send(new S3.DeleteObjectCommand({ Bucket, Key })),
    read: (Key) =>
      orAbsent(
        async () => (await client.send(new S3.GetObjectCommand({ Bucket, Key }))).Body?.transformToString() ?? '',
      ),
    close: () => client.destroy(),
  };
}

function secrets(client: SecretsManager.SecretsManagerClient): Keeper {
  return {
    kind: 'secret',
    write: (name, SecretString, isThere) =>
      isThere
        ? client.send(new SecretsManager.PutSecretValueCommand({ SecretId: name, SecretString }))
        : client.send(new SecretsManager.CreateSecretCommand({ Name: name, SecretString })),
    remove: (SecretId) =>
      client.send(new SecretsManager.DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true })),
    read: (SecretId) =>
      orAbsent(
        async () => (await client.send(new SecretsManager.GetSecretValueCommand({ SecretId }))).SecretString ?? '',
      ),
    close: () => client.destroy(),
  };
}

/** The text is a tag: those live beside the thing itself. */
function logGroups(client: Logs.CloudWatchLogsClient): Keeper {
  return {
    kind: 'log group',
    write: (logGroupName, value, isThere) =>
      isThere
        ? client.send(new Logs.TagLogGroupCommand({ logGroupName, tags: { value } }))
        : client.send(new Logs.CreateLogGroupCommand({ logGroupName, tags: { value } })),
    remove: (logGroupName) => client.send(new Logs.DeleteLogGroupCommand({ logGroupName })),
    read: (logGroupName) =>
      orAbsent(
        async () => (await client.send(new Logs.ListTagsLogGroupCommand({ logGroupName }))).tags?.['value'] ?? '',
      ),
    close: () => client.destroy(),
  };
}

function roles(client: IAM.IAMClient): Keeper {
  const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
  return {
    kind: 'role',
    write: (RoleName, Description, isThere) =>
      isThere
        ? client.send(new IAM.UpdateRoleCommand({ RoleName, Description }))
        : client.send(new IAM.CreateRoleCommand({ RoleName, Description, AssumeRolePolicyDocument })),
    remove: (RoleName) => client.send(new IAM.DeleteRoleCommand({ RoleName })),
    read: (RoleName) =>
      orAbsent(async () => (await client.send(new IAM.GetRoleCommand({ RoleName }))).Role?.Description ?? ''),
    close: () => client.destroy(),
  };
}

/** The text is a repository's only image's tag. */
function repositories(client: ECR.ECRClient): Keeper {
  const imageManifest = '{"schemaVersion":2}';
  return {
    kind: 'image',
    prepare: () => client.send(new ECR.CreateRepositoryCommand({ repositoryName: 'kept' })),
    write: (name, value) =>
      client.send(
        new ECR.PutImageCommand({
          repositoryName: 'kept',
          imageManifest: imageManifest.replace('}', `,"name":"${name}","value":"${value}"}`),
          imageTag: name,
        }),
      ),
    remove: (imageTag) =>
      client.send(new ECR.BatchDeleteImageCommand({ repositoryName: 'kept', imageIds: [{ imageTag }] })),
    async read(imageTag) {
      const asked = { repositoryName: 'kept', imageIds: [{ imageTag }] };
      const { images } = await client.send(new ECR.BatchGetImageCommand(asked));
      return /"value":"([^"]*)"/.exec(images?.[0]?.imageManifest ?? '')?.[1];
    },
    close: () => client.destroy(),
  };
}

const TEMPLATE = JSON.stringify({
  Parameters: { Value: { Type: 'String' } },
  Resources: {
    First: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Value' } } },
    Second: {
      Type: 'AWS::SSM::Parameter',
      DependsOn: 'First',
      Properties: { Type: 'String', Value: { Ref: 'Value' } },
    },
  },
});

/** The text is a stack's parameter; each of its events that was ever seen has to stay. */
function stacks(client: CloudFormation.CloudFormationClient): Keeper {
  const seen = new Map<string, Set<string>>();
  const look = async (StackName: string) => {
    const { StackEvents = [] } = await client.send(new CloudFormation.DescribeStackEventsCommand({ StackName }));
    return StackEvents.map((event) => `${event.EventId} ${event.ResourceStatus}`);
  };
  return {
    kind: 'stack',
    async write(StackName, ParameterValue, isThere) {
      const input = { StackName, TemplateBody: TEMPLATE, Parameters: [{ ParameterKey: 'Value', ParameterValue }] };
      const { StackId = '' } = isThere
        ? await client.send(new CloudFormation.UpdateStackCommand(input))
        : await client.send(new CloudFormation.CreateStackCommand(input));
      const events = await look(StackId).catch(() => []);
      seen.set(StackId, new Set([...(seen.get(StackId) ?? []), ...events]));
    },
    remove: (StackName) => client.send(new CloudFormation.DeleteStackCommand({ StackName })),
    async read(StackName) {
      const found = await orAbsent(async () => {
        const { Stacks } = await client.send(new CloudFormation.DescribeStacksCommand({ StackName }));
        const [stack] = Stacks ?? [];
        return stack?.StackStatus?.startsWith('DELETE') ? 'absent' : (stack?.Parameters?.[0]?.ParameterValue ?? '');
      });
      return found === 'absent' ? undefined : found;
    },
    async forgotten() {
      const lost: string[] = [];
      for (const [stackId, events] of seen) {
        const now = new Set(await look(stackId));
        lost.push(...[...events].filter((event) => !now.has(event)).map((event) => `${stackId} forgot ${event}`));
      }
      return lost;
    },
    close: () => client.destroy(),
  };
}

/** The text is a change set's description. */
function changeSets(client: CloudFormation.CloudFormationClient): Keeper {
  const set = (name: string) => ({ StackName: `reviewed-${name}`, ChangeSetName: name });
  return {
    kind: 'change set',
    isWrittenOnce: true,
    write: (name, Description) =>
      client.send(
        new CloudFormation.CreateChangeSetCommand({
          ...set(name),
          Description,
          ChangeSetType: 'CREATE',
          TemplateBody: TEMPLATE,
          Parameters: [{ ParameterKey: 'Value', ParameterValue: 'reviewed' }],
        }),
      ),
    remove: (name) => client.send(new CloudFormation.DeleteChangeSetCommand(set(name))),
    read: (name) =>
      orAbsent(
        async () => (await client.send(new CloudFormation.DescribeChangeSetCommand(set(name)))).Description ?? '',
      ),
    close: () => client.destroy(),
  };
}

/** Undefined where AWS says that there is no such thing. */
async function orAbsent(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read();
  } catch (error) {
    const { name, message } = error as Error;
    if (/NotFound|NoSuch|does not exist|DoesNotExist/.test(`${name} ${message}`)) return undefined;
    throw error;
  }
}
