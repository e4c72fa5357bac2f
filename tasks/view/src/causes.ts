/** What a named group of `says` matched. */
export type Groups = (name: string) => string | undefined;

export interface CauseEntry {
  /** Start of the resource types that it is about; left out where the words alone are enough. */
  readonly type?: string;
  readonly says: RegExp;
  readonly cause: string | ((groups: Groups) => string);
  readonly next: string | ((groups: Groups) => string);
}

/** From the particular to the general: the first entry that matches is the answer. */
export const CAUSES: readonly CauseEntry[] = [
  // Names that are still taken by what an earlier environment left behind.
  {
    says: /secret with this name is already scheduled for deletion/i,
    cause: 'a secret of this name was deleted not long ago, and AWS keeps its name for 7 to 30 days',
    next: 'aws secretsmanager delete-secret --secret-id <name> --force-delete-without-recovery',
  },
  {
    says: /conflicting conditional operation is currently in progress/i,
    cause: 'a bucket of this name was deleted a moment ago, and S3 has not let go of the name yet',
    next: 'wait some minutes, then run the same make target again',
  },
  {
    type: 'AWS::Logs',
    says: /(?:LogGroupName":"(?<name>[^"]+)".*)?already exists/i,
    cause: 'something wrote to the log group after it had been deleted, which made it anew outside the stack',
    next: (of) => `aws logs delete-log-group --log-group-name ${of('name') ?? '<name>'}`,
  },
  {
    says: /DBSnapshotAlreadyExists|Cannot create the snapshot because a snapshot with the identifier (?<name>[\w-]+) already exists/i,
    cause: 'a final snapshot of this name is left from an earlier destroy',
    next: (of) => `aws rds delete-db-snapshot --db-snapshot-identifier ${of('name') ?? '<name>'}`,
  },
  {
    says: /Creation of service was not idempotent/i,
    cause: 'an ECS service of this name exists already with other settings',
    next: 'aws ecs describe-services --cluster <cluster> --services <name>',
  },
  {
    says: /^Stack \[(?<name>[^\]]+)\] already exists/i,
    cause: 'somebody else made a stack of this name between the look and the write',
    next: (of) => `aws cloudformation describe-stacks --stack-name ${of('name') ?? '<name>'}`,
  },
  {
    says: /(?:identifier '(?<name>[^']+)' )?already exists|AlreadyExists|AlreadyOwnedByYou/i,
    cause: (of) =>
      `${of('name') ?? 'something of this name'} exists and belongs to no stack of this environment: made by hand, or retained by an earlier stack`,
    next: 'delete or rename it, or import it: aws cloudformation create-change-set --change-set-type IMPORT …',
  },

  // What must be empty or unused before it can go.
  {
    says: /bucket you tried to delete is not empty|BucketNotEmpty/i,
    cause: 'the bucket still holds objects, or old versions of them, and CloudFormation deletes only empty buckets',
    next: 'aws s3 rm s3://<bucket> --recursive; old versions too: aws s3api list-object-versions --bucket <bucket>',
  },
  {
    says: /repository with name '(?<name>[^']+)' .*still contains images|RepositoryNotEmptyException/i,
    cause: 'the repository still holds images, and CloudFormation deletes only empty repositories',
    next: (of) => `aws ecr delete-repository --force --repository-name ${of('name') ?? '<name>'}`,
  },
  {
    says: /hosted zone contains non-required resource record sets|HostedZoneNotEmpty/i,
    cause: 'the zone still holds records that no stack made, often those of a certificate or of service discovery',
    next: 'aws route53 list-resource-record-sets --hosted-zone-id <id>',
  },
  {
    says: /(?:Network (?<vpc>vpc-\S+) )?has some mapped public address/i,
    cause: 'a load balancer, NAT gateway or instance in the VPC still holds a public address',
    next: (of) => `aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=${of('vpc') ?? '<vpc>'}`,
  },
  {
    says: /resource (?<id>sg-\w*)\S* has a dependent object/i,
    cause: 'a network interface still uses the security group, or another group names it in a rule',
    next: (of) => `aws ec2 describe-network-interfaces --filters Name=group-id,Values=${of('id') ?? '<id>'}`,
  },
  {
    says: /subnet '(?<id>[\w-]+)' has dependencies and cannot be deleted/i,
    cause:
      'a network interface is still in the subnet: of a task, a load balancer, an endpoint or a Lambda function (the last takes up to 45 minutes)',
    next: (of) => `aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=${of('id') ?? '<id>'}`,
  },
  {
    says: /vpc '(?<id>[\w-]+)' has dependencies and cannot be deleted/i,
    cause: 'something that no stack made is still in the VPC: a security group, an endpoint, an interface',
    next: (of) => `aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=${of('id') ?? '<id>'}`,
  },
  {
    says: /ClusterContains(?<what>Services|Tasks|ContainerInstances|CapacityProvider)Exception|cluster cannot be deleted while (?<what2>\w+)/i,
    cause: (of) =>
      `the cluster still has ${CLUSTER_WORDS[of('what') ?? ''] ?? 'something running in it'} that the stack did not make`,
    next: (of) =>
      of('what') === 'Tasks' ? 'aws ecs list-tasks --cluster <cluster>' : 'aws ecs list-services --cluster <cluster>',
  },
  {
    says: /Export (?<name>\S+) cannot be (?:deleted|updated) as it is in use by (?<user>[^\s,.]+)/i,
    cause: (of) => `the stack ${of('user') ?? ''} still imports the export ${of('name') ?? ''}`,
    next: (of) => `aws cloudformation list-imports --export-name ${of('name') ?? '<export>'}`,
  },
  {
    says: /DependencyViolation|has a dependent object|has dependencies/i,
    cause: 'something that no stack of this environment made still uses this resource',
    next: 'aws resourcegroupstaggingapi get-resources --tag-filters Key=roundtrip:environment',
  },

  // Protection, on purpose.
  {
    says: /Cannot delete protected (?:DB )?(?<what>Cluster|DB Instance|Instance)|deletion protection/i,
    cause: 'deletion protection is on for the database, the load balancer or the table',
    next: 'turn the protection off in the env file, bring it up once, then destroy',
  },
  {
    says: /Stack \[(?<name>[^\]]+)\] cannot be deleted while TerminationProtection is enabled/i,
    cause: 'termination protection is on for the stack: somebody wants it to stay',
    next: (of) =>
      `if it may really go: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${of('name') ?? '<name>'}`,
  },
  {
    says: /(?<key>arn:\S*:kms:\S+) is pending deletion|KMSInvalidState.*pending deletion/i,
    cause: 'the key is scheduled for deletion, and what it encrypted cannot be read until that is cancelled',
    next: (of) => `aws kms cancel-key-deletion --key-id ${of('key') ?? '<key>'}`,
  },

  // ECS.
  {
    type: 'AWS::ECS',
    says: /CannotPullContainer|pull access denied|manifest (?:for|unknown)|failed to resolve ref (?<image>[^:\s]+:[^\s:]+)/i,
    cause: 'the image cannot be pulled: it is not in its registry, or the task has no way there',
    next: 'push the image, or correct its name, then run the same make target again',
  },
  {
    type: 'AWS::ECS',
    says: /ResourceInitializationError/i,
    cause:
      'the task could not be set up: a secret, a parameter or a log group that it names cannot be read by its execution role, or cannot be reached from its subnet',
    next: 'compare the secrets of the task definition with its execution role, then run the same make target again',
  },
  {
    type: 'AWS::ECS',
    says: /OutOfMemory|exit code 137/i,
    cause: 'the container used more memory than its task has, or was killed',
    next: 'give the service more memory in the env file, then run the same make target again',
  },
  {
    type: 'AWS::ECS',
    says: /failed (?:ELB|container) health checks/i,
    cause:
      'the container runs, and does not answer its health check as it should: path, port, or the time that it takes to start',
    next: 'correct the health check, or the service, then run the same make target again',
  },
  {
    type: 'AWS::ECS',
    says: /ended with exit code (?<code>\d+)/i,
    cause: (of) => `a container ends by itself with exit code ${of('code') ?? ''}; its last log lines say why`,
    next: 'mend the service, then run the same make target again',
  },
  {
    says: /Deployment Circuit Breaker was triggered|deployment circuit breaker: /i,
    cause:
      'the tasks of the service did not stay up: the image cannot be pulled, the container exits, or its health check fails',
    next: 'aws ecs describe-services --cluster <cluster> --services <name> --query "services[].events[:5]"',
  },
  {
    says: /Exceeded attempts to wait|did not stabilize|NotStabilized/i,
    cause: 'the resource was made, and did not become steady in the time that CloudFormation allows',
    next: 'look at the events of the resource itself (ECS service, auto-scaling group, instance), then run the same make target again',
  },
  {
    says: /Unable to Start a service that is still Draining/i,
    cause: 'the service of the same name is still draining from its deletion a moment ago',
    next: 'wait until it is INACTIVE, then run the same make target again',
  },
  {
    says: /target group .*does not have an associated load balancer/i,
    cause: 'the service was made before the listener that joins its target group to the load balancer',
    next: 'add DependsOn with the listener or its rule to the service in the template',
  },
  {
    says: /Unable to assume the service linked role/i,
    cause: 'the service-linked role was made a moment ago, and not every part of AWS knows it yet',
    next: 'run the same make target again; if it stays: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
  },

  // Who may do what.
  {
    says: /Role (?<role>arn:\S+) is invalid or cannot be assumed/i,
    cause: (of) => `the role ${of('role') ?? ''} does not exist, or does not trust cloudformation.amazonaws.com`,
    next: (of) => `aws iam get-role --role-name ${of('role')?.split('/').at(-1) ?? '<role>'}`,
  },
  {
    says: /(?:is not authorized to assume role|not authorized to perform: sts:AssumeRole)/i,
    cause: 'the credentials may not take on the role that the env file names',
    next: 'aws sts get-caller-identity',
  },
  {
    says: /is not authorized to perform: (?<action>[\w-]+:\w+)/i,
    cause: (of) => `the role of the run, or the service role of the stack, lacks ${of('action') ?? 'a permission'}`,
    next: (of) =>
      `aws iam simulate-principal-policy --policy-source-arn <role> --action-names ${of('action') ?? '<action>'}`,
  },
  {
    says: /Requires capabilities ?: ?\[(?<capability>\w+)\]/i,
    cause: (of) =>
      `the template makes IAM resources, and its stack in layer.ts does not say ${of('capability') ?? 'so'}`,
    next: (of) => `add capabilities: ['${of('capability') ?? ''}'] to the stack in layer.ts`,
  },
  {
    says: /ExpiredToken|security token included in the request is expired/i,
    cause: 'the credentials ran out during the run; what AWS has begun goes on by itself',
    next: 'take new credentials, then run the same make target again: it goes on where AWS stands',
  },
  {
    says: /AccessDenied|not authorized|UnauthorizedOperation|Access Denied/i,
    cause:
      'the role of the run, or the service role of the stack, lacks a permission, or a policy of the organisation denies it',
    next: 'aws sts get-caller-identity',
  },

  // Limits.
  {
    says: /maximum number of addresses has been reached|AddressLimitExceeded/i,
    cause: 'the account has no elastic address left in this region (5 by default)',
    next: 'aws ec2 describe-addresses --query "Addresses[?AssociationId==null]"',
  },
  {
    says: /maximum number of VPCs has been reached|VpcLimitExceeded/i,
    cause: 'the account has no VPC left in this region (5 by default)',
    next: 'aws ec2 describe-vpcs --query "Vpcs[].[VpcId,Tags]"',
  },
  {
    says: /Rate exceeded|Throttling|TooManyRequests|RequestLimitExceeded|PriorRequestNotComplete/i,
    cause: 'too many calls at once on this account, by this run or by somebody else',
    next: 'run the same make target again: what is done stays done',
  },
  {
    says: /insufficient capacity|InsufficientInstanceCapacity|InsufficientDBInstanceCapacity|Capacity is unavailable/i,
    cause: 'AWS has no machine of this kind free in this zone at the moment',
    next: 'run the same make target again later, or choose another instance class or zone in the env file',
  },
  {
    says: /LimitExceeded|QuotaExceeded|ServiceQuota|exceeded .*(?:limit|quota)|maximum number of .* reached/i,
    cause: 'a quota of the account is used up in this region',
    next: 'aws service-quotas list-service-quotas --service-code <service>',
  },

  // The template, or what was put into it.
  {
    says: /Resource (?:creation|update) cancelled/i,
    cause: 'another resource of the stack failed first, and CloudFormation stopped this one',
    next: 'aws cloudformation describe-stack-events --stack-name <stack> --query "StackEvents[?contains(ResourceStatus, \'FAILED\')]"',
  },
  {
    says: /following resource\(s\) failed to (?<what>create|update|delete): \[(?<names>[^\]]+)\]/i,
    cause: (of) =>
      `${of('names') ?? 'a resource'} could not be ${PARTICIPLES[of('what')?.toLowerCase() ?? ''] ?? 'changed'}; its own event says why`,
    next: 'aws cloudformation describe-stack-events --stack-name <stack> --query "StackEvents[?contains(ResourceStatus, \'FAILED\')]"',
  },
  {
    says: /CIDR.*conflicts with another subnet|InvalidSubnet\.Conflict/i,
    cause: 'the address range of the subnet overlaps with one that exists in the VPC',
    next: 'correct the CIDR of the network layer in the env file',
  },
  {
    says: /in (?<state>[A-Z_]+) state and can ?not be updated/i,
    cause: (of) => `the stack stands in ${of('state') ?? 'a state'}, which allows no update`,
    next: 'run the same make target again: the plan takes the state into account',
  },
  {
    type: 'AWS::RDS',
    says: /Cannot find version (?<version>[\w.]+) for (?<engine>[\w-]+)/i,
    cause: (of) => `RDS does not offer version ${of('version') ?? ''} of ${of('engine') ?? 'the engine'} (any more)`,
    next: (of) =>
      `aws rds describe-db-engine-versions --engine ${of('engine') ?? '<engine>'} --query "DBEngineVersions[].EngineVersion"`,
  },
  {
    says: /(?:Invalid|Unsupported) ?(?:parameter|value|property)|InvalidParameter|InvalidRequest|Invalid request|is not (?:a )?valid|ValidationException|Properties validation failed|Encountered unsupported property/i,
    cause: 'AWS does not accept one of the values that the template gives to this resource',
    next: 'correct the value in the env file or in the template, then run the same make target again',
  },
  {
    says: /internal (?:failure|error)|InternalFailure|ServiceUnavailable/i,
    cause: 'a fault inside AWS',
    next: 'run the same make target again; if it stays, look at https://health.aws.amazon.com/health/status',
  },
];

const CLUSTER_WORDS: Readonly<Record<string, string>> = {
  Services: 'services',
  Tasks: 'tasks',
  ContainerInstances: 'container instances',
  CapacityProvider: 'capacity providers',
};

const PARTICIPLES: Readonly<Record<string, string>> = { create: 'created', update: 'updated', delete: 'deleted' };
