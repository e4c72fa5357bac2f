import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CAUSES } from './causes.ts';
import { likelyCause } from './likely-cause.ts';

/** What AWS has been seen to say, and what a person is told. */
const SEEN: readonly { type: string | undefined; reason: string; cause: string; next: string }[] = [
  {
    type: 'AWS::SecretsManager::Secret',
    reason: "You can't create this secret because a secret with this name is already scheduled for deletion.",
    cause: 'a secret of this name was deleted not long ago, and AWS keeps its name for 7 to 30 days',
    next: 'aws secretsmanager delete-secret --secret-id <name> --force-delete-without-recovery',
  },
  {
    type: 'AWS::S3::Bucket',
    reason: 'A conflicting conditional operation is currently in progress against this resource. Please try again.',
    cause: 'a bucket of this name was deleted a moment ago, and S3 has not let go of the name yet',
    next: 'wait some minutes, then run the same make target again',
  },
  {
    type: 'AWS::S3::Bucket',
    reason: 'The bucket you tried to delete is not empty',
    cause: 'the bucket still holds objects, or old versions of them, and CloudFormation deletes only empty buckets',
    next: 'aws s3 rm s3://<bucket> --recursive; old versions too: aws s3api list-object-versions --bucket <bucket>',
  },
  {
    type: 'AWS::ECR::Repository',
    reason: "The repository with name 'x' in registry with id 'y' cannot be deleted because it still contains images",
    cause: 'the repository still holds images, and CloudFormation deletes only empty repositories',
    next: 'aws ecr delete-repository --force --repository-name x',
  },
  {
    type: 'AWS::Logs::LogGroup',
    reason: 'The specified log group already exists',
    cause: 'something wrote to the log group after it had been deleted, which made it anew outside the stack',
    next: 'aws logs delete-log-group --log-group-name <name>',
  },
  {
    type: 'AWS::EC2::SecurityGroup',
    reason: 'resource sg-0abc has a dependent object',
    cause: 'a network interface still uses the security group, or another group names it in a rule',
    next: 'aws ec2 describe-network-interfaces --filters Name=group-id,Values=sg-0abc',
  },
  {
    type: 'AWS::EC2::Subnet',
    reason: "The subnet 'subnet-x' has dependencies and cannot be deleted.",
    cause:
      'a network interface is still in the subnet: of a task, a load balancer, an endpoint or a Lambda function (the last takes up to 45 minutes)',
    next: 'aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=subnet-x',
  },
  {
    type: 'AWS::EC2::InternetGateway',
    reason:
      'Network vpc-x has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.',
    cause: 'a load balancer, NAT gateway or instance in the VPC still holds a public address',
    next: 'aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-x',
  },
  {
    type: 'AWS::ECS::Cluster',
    reason: 'ClusterContainsServicesException',
    cause: 'the cluster still has services that the stack did not make',
    next: 'aws ecs list-services --cluster <cluster>',
  },
  {
    type: 'AWS::ECS::Cluster',
    reason: 'ClusterContainsTasksException',
    cause: 'the cluster still has tasks that the stack did not make',
    next: 'aws ecs list-tasks --cluster <cluster>',
  },
  {
    type: 'AWS::ECS::Cluster',
    reason: 'ClusterContainsContainerInstancesException',
    cause: 'the cluster still has container instances that the stack did not make',
    next: 'aws ecs list-services --cluster <cluster>',
  },
  {
    type: 'AWS::ECS::Cluster',
    reason: 'ClusterContainsCapacityProviderException',
    cause: 'the cluster still has capacity providers that the stack did not make',
    next: 'aws ecs list-services --cluster <cluster>',
  },
  {
    type: 'AWS::ECS::Cluster',
    reason: 'The Cluster cannot be deleted while Services are active.',
    cause: 'the cluster still has something running in it that the stack did not make',
    next: 'aws ecs list-services --cluster <cluster>',
  },
  {
    type: 'AWS::ECS::Service',
    reason: 'Unable to Start a service that is still Draining.',
    cause: 'the service of the same name is still draining from its deletion a moment ago',
    next: 'wait until it is INACTIVE, then run the same make target again',
  },
  {
    type: 'AWS::ECS::Service',
    reason: 'Creation of service was not idempotent.',
    cause: 'an ECS service of this name exists already with other settings',
    next: 'aws ecs describe-services --cluster <cluster> --services <name>',
  },
  {
    type: 'AWS::ECS::Service',
    reason: 'The target group does not have an associated load balancer.',
    cause: 'the service was made before the listener that joins its target group to the load balancer',
    next: 'add DependsOn with the listener or its rule to the service in the template',
  },
  {
    type: 'AWS::ECS::Service',
    reason: 'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    cause: 'the service-linked role was made a moment ago, and not every part of AWS knows it yet',
    next: 'run the same make target again; if it stays: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
  },
  {
    type: 'AWS::ECS::Service',
    reason: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
    cause:
      'the tasks of the service did not stay up: the image cannot be pulled, the container exits, or its health check fails',
    next: 'aws ecs describe-services --cluster <cluster> --services <name> --query "services[].events[:5]"',
  },
  {
    type: 'AWS::ECS::Service',
    reason: 'service web did not become steady: ECS deployment circuit breaker: tasks failed to start.',
    cause:
      'the tasks of the service did not stay up: the image cannot be pulled, the container exits, or its health check fails',
    next: 'aws ecs describe-services --cluster <cluster> --services <name> --query "services[].events[:5]"',
  },
  {
    type: 'AWS::ECS::Service',
    reason: '3 tasks stopped: CannotPullContainerError: pull image manifest has been retried 7 time(s)',
    cause: 'the image cannot be pulled: it is not in its registry, or the task has no way there',
    next: 'push the image, or correct its name, then run the same make target again',
  },
  {
    type: 'AWS::ECS::Service',
    reason: '3 tasks stopped: ResourceInitializationError: unable to pull secrets or registry auth',
    cause:
      'the task could not be set up: a secret, a parameter or a log group that it names cannot be read by its execution role, or cannot be reached from its subnet',
    next: 'compare the secrets of the task definition with its execution role, then run the same make target again',
  },
  {
    type: 'AWS::ECS::Service',
    reason: '3 tasks stopped: Essential container in task exited; service: OutOfMemoryError: container killed',
    cause: 'the container used more memory than its task has, or was killed',
    next: 'give the service more memory in the env file, then run the same make target again',
  },
  {
    type: 'AWS::ECS::Service',
    reason: '3 tasks stopped: Task failed ELB health checks in (target-group web)',
    cause:
      'the container runs, and does not answer its health check as it should: path, port, or the time that it takes to start',
    next: 'correct the health check, or the service, then run the same make target again',
  },
  {
    type: 'AWS::ECS::Service',
    reason: '3 tasks stopped: Essential container in task exited; service ended with exit code 1',
    cause: 'a container ends by itself with exit code 1; its last log lines say why',
    next: 'mend the service, then run the same make target again',
  },
  {
    type: 'AWS::ECS::Service',
    reason: 'Exceeded attempts to wait',
    cause: 'the resource was made, and did not become steady in the time that CloudFormation allows',
    next: 'look at the events of the resource itself (ECS service, auto-scaling group, instance), then run the same make target again',
  },
  {
    type: 'AWS::RDS::DBInstance',
    reason: 'Cannot delete protected DB Instance, please disable deletion protection and try again.',
    cause: 'deletion protection is on for the database, the load balancer or the table',
    next: 'turn the protection off in the env file, bring it up once, then destroy',
  },
  {
    type: 'AWS::RDS::DBInstance',
    reason: 'DBSnapshotAlreadyExists',
    cause: 'a final snapshot of this name is left from an earlier destroy',
    next: 'aws rds delete-db-snapshot --db-snapshot-identifier <name>',
  },
  {
    type: 'AWS::Route53::HostedZone',
    reason: 'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    cause: 'the zone still holds records that no stack made, often those of a certificate or of service discovery',
    next: 'aws route53 list-resource-record-sets --hosted-zone-id <id>',
  },
  {
    type: 'AWS::KMS::Key',
    reason: 'arn:aws:kms:eu-central-1:111111111111:key/1 is pending deletion.',
    cause: 'the key is scheduled for deletion, and what it encrypted cannot be read until that is cancelled',
    next: 'aws kms cancel-key-deletion --key-id arn:aws:kms:eu-central-1:111111111111:key/1',
  },
  {
    type: 'AWS::EC2::EIP',
    reason: 'The maximum number of addresses has been reached.',
    cause: 'the account has no elastic address left in this region (5 by default)',
    next: 'aws ec2 describe-addresses --query "Addresses[?AssociationId==null]"',
  },
  {
    type: undefined,
    reason: 'Export X cannot be deleted as it is in use by Y',
    cause: 'the stack Y still imports the export X',
    next: 'aws cloudformation list-imports --export-name X',
  },
  {
    type: undefined,
    reason: 'Export X cannot be deleted as it is in use by stage-services-api and stage-services-web.',
    cause: 'the stack stage-services-api still imports the export X',
    next: 'aws cloudformation list-imports --export-name X',
  },
  {
    type: undefined,
    reason: 'Role arn:aws:iam::1:role/x is invalid or cannot be assumed',
    cause: 'the role arn:aws:iam::1:role/x does not exist, or does not trust cloudformation.amazonaws.com',
    next: 'aws iam get-role --role-name x',
  },
  {
    type: undefined,
    reason: 'Rate exceeded',
    cause: 'too many calls at once on this account, by this run or by somebody else',
    next: 'run the same make target again: what is done stays done',
  },
  {
    type: undefined,
    reason: 'The following resource(s) failed to delete: [A]. ',
    cause: 'A could not be deleted; its own event says why',
    next: 'aws cloudformation describe-stack-events --stack-name <stack> --query "StackEvents[?contains(ResourceStatus, \'FAILED\')]"',
  },
  {
    type: undefined,
    reason: 'Resource creation cancelled',
    cause: 'another resource of the stack failed first, and CloudFormation stopped this one',
    next: 'aws cloudformation describe-stack-events --stack-name <stack> --query "StackEvents[?contains(ResourceStatus, \'FAILED\')]"',
  },
  {
    type: undefined,
    reason: 'Stack [X] already exists',
    cause: 'somebody else made a stack of this name between the look and the write',
    next: 'aws cloudformation describe-stacks --stack-name X',
  },
  {
    type: undefined,
    reason: 'Stack [X] cannot be deleted while TerminationProtection is enabled',
    cause: 'termination protection is on for the stack: somebody wants it to stay',
    next: 'if it may really go: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name X',
  },
  {
    type: undefined,
    reason: 'Requires capabilities : [CAPABILITY_IAM]',
    cause: 'the template makes IAM resources, and its stack in layer.ts does not say CAPABILITY_IAM',
    next: "add capabilities: ['CAPABILITY_IAM'] to the stack in layer.ts",
  },
  {
    type: undefined,
    reason: 'Stack:arn is in ROLLBACK_COMPLETE state and can not be updated.',
    cause: 'the stack stands in ROLLBACK_COMPLETE, which allows no update',
    next: 'run the same make target again: the plan takes the state into account',
  },
  {
    type: undefined,
    reason: 'User: arn is not authorized to perform: ecs:CreateService on resource: x because no identity-based policy',
    cause: 'the role of the run, or the service role of the stack, lacks ecs:CreateService',
    next: 'aws iam simulate-principal-policy --policy-source-arn <role> --action-names ecs:CreateService',
  },
  {
    type: 'AWS::S3::Bucket',
    reason: 'stage-bucket already exists',
    cause:
      'something of this name exists and belongs to no stack of this environment: made by hand, or retained by an earlier stack',
    next: 'delete or rename it, or import it: aws cloudformation create-change-set --change-set-type IMPORT …',
  },
  {
    type: 'AWS::IAM::Role',
    reason: "Resource of type 'AWS::IAM::Role' with identifier 'stage-role' already exists.",
    cause:
      'stage-role exists and belongs to no stack of this environment: made by hand, or retained by an earlier stack',
    next: 'delete or rename it, or import it: aws cloudformation create-change-set --change-set-type IMPORT …',
  },
  {
    type: 'AWS::RDS::DBInstance',
    reason: 'Cannot find version 13.4 for postgres',
    cause: 'RDS does not offer version 13.4 of postgres (any more)',
    next: 'aws rds describe-db-engine-versions --engine postgres --query "DBEngineVersions[].EngineVersion"',
  },
  {
    type: 'AWS::RDS::DBInstance',
    reason: 'The parameter MasterUserPassword is not a valid password',
    cause: 'AWS does not accept one of the values that the template gives to this resource',
    next: 'correct the value in the env file or in the template, then run the same make target again',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    reason: "Load balancer 'arn' cannot be deleted because deletion protection is enabled",
    cause: 'deletion protection is on for the database, the load balancer or the table',
    next: 'turn the protection off in the env file, bring it up once, then destroy',
  },
  {
    type: 'AWS::EC2::VPC',
    reason: "The vpc 'vpc-1' has dependencies and cannot be deleted.",
    cause: 'something that no stack made is still in the VPC: a security group, an endpoint, an interface',
    next: 'aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=vpc-1',
  },
  {
    type: 'AWS::EC2::VPC',
    reason: 'The maximum number of VPCs has been reached.',
    cause: 'the account has no VPC left in this region (5 by default)',
    next: 'aws ec2 describe-vpcs --query "Vpcs[].[VpcId,Tags]"',
  },
  {
    type: 'AWS::EC2::Subnet',
    reason: "The CIDR '10.0.0.0/24' conflicts with another subnet",
    cause: 'the address range of the subnet overlaps with one that exists in the VPC',
    next: 'correct the CIDR of the network layer in the env file',
  },
  {
    type: 'AWS::ECS::Service',
    reason: 'Invalid request provided: CreateService error: x',
    cause: 'AWS does not accept one of the values that the template gives to this resource',
    next: 'correct the value in the env file or in the template, then run the same make target again',
  },
  {
    type: 'AWS::Lambda::Function',
    reason: 'The security token included in the request is expired',
    cause: 'the credentials ran out during the run; what AWS has begun goes on by itself',
    next: 'take new credentials, then run the same make target again: it goes on where AWS stands',
  },
  {
    type: 'AWS::EC2::EIP',
    reason:
      'Resource handler returned message: "The maximum number of addresses has been reached. (Service: Ec2, Status Code: 400)" (HandlerErrorCode: ServiceLimitExceeded)',
    cause: 'the account has no elastic address left in this region (5 by default)',
    next: 'aws ec2 describe-addresses --query "Addresses[?AssociationId==null]"',
  },
  {
    type: 'AWS::ECS::Service',
    reason: 'Resource handler returned message: "Exceeded attempts to wait" (HandlerErrorCode: NotStabilized)',
    cause: 'the resource was made, and did not become steady in the time that CloudFormation allows',
    next: 'look at the events of the resource itself (ECS service, auto-scaling group, instance), then run the same make target again',
  },
  {
    type: 'AWS::ECS::Service',
    reason: 'Resource handler returned message: "x" (HandlerErrorCode: InvalidRequest)',
    cause: 'AWS does not accept one of the values that the template gives to this resource',
    next: 'correct the value in the env file or in the template, then run the same make target again',
  },
  {
    type: 'AWS::Logs::LogGroup',
    reason:
      'Resource handler returned message: "Resource of type \'AWS::Logs::LogGroup\' with identifier \'{"/properties/LogGroupName":"/ecs/x"}\' already exists." (HandlerErrorCode: AlreadyExists)',
    cause: 'something wrote to the log group after it had been deleted, which made it anew outside the stack',
    next: 'aws logs delete-log-group --log-group-name /ecs/x',
  },
];

for (const { type, reason, cause, next } of SEEN) {
  test(`explains: ${reason}`, () => {
    assert.equal(likelyCause(type, reason), { cause, next });
  });
}

test('says nothing where it knows nothing better than AWS', () => {
  assert.is(likelyCause('AWS::SQS::Queue', 'The queue is in a bad mood'), undefined);
  assert.is(likelyCause(undefined, ''), undefined);
});

test('a hint about one kind of resource is not given for another', () => {
  assert.is(likelyCause('AWS::S3::Bucket', 'x already exists')?.next.startsWith('aws logs'), false);
});

test('every cause and every command is one line', () => {
  for (const entry of CAUSES) {
    const texts = [entry.cause, entry.next].map((text) => (typeof text === 'string' ? text : text(() => undefined)));
    for (const text of texts) assert.not.match(text, /\n|undefined/);
  }
});

test.run();
