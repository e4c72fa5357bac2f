import * as CloudFormation from '@aws-sdk/client-cloudformation';
import * as IAM from '@aws-sdk/client-iam';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf, testCloud } from '../../testing/test-cloud.ts';

const RoleName = 'app';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

async function withRole() {
  const tested = testCloud();
  const iam = new IAM.IAMClient(tested.as('111111111111'));
  await iam.send(new IAM.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, Path: '/stage/' }));
  return { ...tested, iam };
}

const words = async (promise: Promise<unknown>) => {
  const { name, message, status } = await failureOf(promise);
  return `${status} ${name}: ${message}`;
};

test('a role is made once, changed, and has tags', async () => {
  const { iam } = await withRole();
  assert.is(
    await words(iam.send(new IAM.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }))),
    '409 EntityAlreadyExistsException: Role with name app already exists.',
  );
  await iam.send(new IAM.UpdateRoleCommand({ RoleName, Description: 'mine', MaxSessionDuration: 7200 }));
  await iam.send(new IAM.TagRoleCommand({ RoleName, Tags: [{ Key: 'a', Value: '1' }] }));
  const { Role } = await iam.send(new IAM.GetRoleCommand({ RoleName }));
  assert.equal(
    [Role?.Arn, Role?.Description, Role?.MaxSessionDuration, Role?.Tags],
    ['arn:aws:iam::111111111111:role/stage/app', 'mine', 7200, [{ Key: 'a', Value: '1' }]],
  );
  assert.is(
    await words(iam.send(new IAM.CreateRoleCommand({ RoleName: 'b', AssumeRolePolicyDocument: '{' }))),
    '400 MalformedPolicyDocumentException: This policy contains invalid Json',
  );
});

test('a role is not deleted before its policies are gone and it is in no profile', async () => {
  const { iam } = await withRole();
  const remove = () => iam.send(new IAM.DeleteRoleCommand({ RoleName }));
  await iam.send(new IAM.AttachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }));
  await iam.send(new IAM.PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: DOCUMENT }));
  const InstanceProfileName = 'app';
  await iam.send(new IAM.CreateInstanceProfileCommand({ InstanceProfileName }));
  await iam.send(new IAM.AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
  const conflict = (rest: string) => `409 DeleteConflictException: Cannot delete entity, must ${rest}`;
  assert.is(await words(remove()), conflict('detach all policies first.'));
  await iam.send(new IAM.DetachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }));
  assert.is(await words(remove()), conflict('delete policies first.'));
  await iam.send(new IAM.DeleteRolePolicyCommand({ RoleName, PolicyName: 'own' }));
  assert.is(await words(remove()), conflict('remove roles from instance profile first.'));
  assert.is(
    await words(iam.send(new IAM.DeleteInstanceProfileCommand({ InstanceProfileName }))),
    conflict('remove roles from instance profile first.'),
  );
  await iam.send(new IAM.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
  await remove();
  assert.is(await words(remove()), '404 NoSuchEntityException: The role with name app cannot be found.');
});

test('a policy has versions, and cannot go while it is attached', async () => {
  const { iam } = await withRole();
  const { Policy } = await iam.send(new IAM.CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: DOCUMENT }));
  const PolicyArn = Policy?.Arn ?? '';
  assert.is(PolicyArn, 'arn:aws:iam::111111111111:policy/p');
  await iam.send(new IAM.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: DOCUMENT, SetAsDefault: true }));
  await iam.send(new IAM.AttachRolePolicyCommand({ RoleName, PolicyArn }));
  const { Policy: after } = await iam.send(new IAM.GetPolicyCommand({ PolicyArn }));
  assert.equal([after?.DefaultVersionId, after?.AttachmentCount], ['v2', 1]);
  const remove = () => iam.send(new IAM.DeletePolicyCommand({ PolicyArn }));
  assert.is(await words(remove()), '409 DeleteConflictException: Cannot delete a policy attached to entities.');
  await iam.send(new IAM.DetachRolePolicyCommand({ RoleName, PolicyArn }));
  assert.match(await words(remove()), 'This policy has more than one version.');
  assert.match(
    await words(iam.send(new IAM.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))),
    'Cannot delete the default version of a policy.',
  );
  await iam.send(new IAM.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  await remove();
  assert.match(
    await words(iam.send(new IAM.AttachRolePolicyCommand({ RoleName, PolicyArn }))),
    `Policy ${PolicyArn} does not exist or is not attachable.`,
  );
});

test("AWS's own roles are AWS's", async () => {
  const { iam } = await withRole();
  await iam.send(new IAM.CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
  const linked = 'AWSServiceRoleForECS';
  assert.is(
    await words(iam.send(new IAM.DeleteRoleCommand({ RoleName: linked }))),
    "400 UnmodifiableEntityException: Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - this role is only modifiable by AWS",
  );
  const { DeletionTaskId } = await iam.send(new IAM.DeleteServiceLinkedRoleCommand({ RoleName: linked }));
  const { Status } = await iam.send(new IAM.GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
  assert.is(Status, 'SUCCEEDED');
});

test('an account has one alias, which no other account has', async () => {
  const { as, iam } = await withRole();
  const other = new IAM.IAMClient(as('222222222222'));
  await iam.send(new IAM.CreateAccountAliasCommand({ AccountAlias: 'stage' }));
  await iam.send(new IAM.CreateAccountAliasCommand({ AccountAlias: 'stage-two' }));
  assert.equal((await iam.send(new IAM.ListAccountAliasesCommand({}))).AccountAliases, ['stage-two']);
  assert.equal((await other.send(new IAM.ListAccountAliasesCommand({}))).AccountAliases, []);
  assert.is(
    await words(other.send(new IAM.CreateAccountAliasCommand({ AccountAlias: 'stage-two' }))),
    '409 EntityAlreadyExistsException: The account alias stage-two already exists.',
  );
});

test('users are made and deleted', async () => {
  const { iam } = await withRole();
  const UserName = 'ci';
  await iam.send(new IAM.CreateUserCommand({ UserName }));
  await iam.send(new IAM.PutUserPolicyCommand({ UserName, PolicyName: 'a', PolicyDocument: DOCUMENT }));
  assert.equal((await iam.send(new IAM.ListUserPoliciesCommand({ UserName }))).PolicyNames, ['a']);
  assert.match(await words(iam.send(new IAM.DeleteUserCommand({ UserName }))), 'must delete policies first.');
  await iam.send(new IAM.DeleteUserPolicyCommand({ UserName, PolicyName: 'a' }));
  await iam.send(new IAM.DeleteUserCommand({ UserName }));
  const { SummaryMap } = await iam.send(new IAM.GetAccountSummaryCommand({}));
  assert.equal([SummaryMap?.['Users'], SummaryMap?.['Roles']], [0, 1]);
});

test("what others attached to a stack's role keeps the stack from being deleted", async () => {
  const { as, pass, iam } = await withRole();
  const cloudformation = new CloudFormation.CloudFormationClient(as('111111111111'));
  const AssumeRolePolicyDocument = JSON.parse(TRUST) as object;
  const PolicyDocument = JSON.parse(DOCUMENT) as object;
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'stack-role',
          AssumeRolePolicyDocument,
          ManagedPolicyArns: [READ_ONLY],
          Policies: [{ PolicyName: 'a', PolicyDocument }],
        },
      },
      Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'b', PolicyDocument, Roles: [{ Ref: 'Role' }] } },
    },
  };
  await cloudformation.send(
    new CloudFormation.CreateStackCommand({
      StackName: 's',
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
    }),
  );
  pass(120_000);
  const own = { RoleName: 'stack-role' };
  assert.equal((await iam.send(new IAM.ListRolePoliciesCommand(own))).PolicyNames, ['a', 'b']);
  const { PolicyDocument: text = '' } = await iam.send(new IAM.GetRolePolicyCommand({ ...own, PolicyName: 'b' }));
  assert.equal(JSON.parse(decodeURIComponent(text)), PolicyDocument);
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new IAM.AttachRolePolicyCommand({ ...own, PolicyArn }));
  const { AttachedPolicies } = await iam.send(new IAM.ListAttachedRolePoliciesCommand(own));
  assert.equal(
    AttachedPolicies?.map(({ PolicyName }) => PolicyName),
    ['ReadOnlyAccess', 'AdministratorAccess'],
  );
  await cloudformation.send(new CloudFormation.DeleteStackCommand({ StackName: 's' }));
  pass(600_000);
  const { StackEvents = [] } = await cloudformation.send(
    new CloudFormation.DescribeStackEventsCommand({ StackName: 's' }),
  );
  const failed = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'DELETE_FAILED');
  assert.match(StackEvents[0]?.ResourceStatus ?? '', 'DELETE_FAILED');
  const reasons = StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason ?? '').join('\n');
  assert.match(reasons, 'Cannot delete entity, must detach all policies first.');
  assert.ok(failed);
  await iam.send(new IAM.DetachRolePolicyCommand({ ...own, PolicyArn }));
  await cloudformation.send(new CloudFormation.DeleteStackCommand({ StackName: 's' }));
  pass(600_000);
  assert.match(await words(iam.send(new IAM.GetRoleCommand(own))), 'cannot be found');
});

test.run();
