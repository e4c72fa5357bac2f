import type { CreateStackInput, CreateStackOutput } from '@aws-sdk/client-cloudformation';
import type { Template } from '@roundtrip/template';
import { ServiceError } from '../../world.ts';
import type { Call, World } from '../../world.ts';
import { checkCapabilities } from './capabilities.ts';
import { checkStackName, checkToken, stackTags } from './check-input.ts';
import { Course } from './course.ts';
import { enterPhase } from './enter-phase.ts';
import { expressDisablesRollback } from './express.ts';
import { policyText } from './stack-policy/policy-operations.ts';
import { asValidationError } from './prepared-template.ts';
import { processedTemplate, readTemplate } from './processed-template.ts';
import { checkStack } from './check-stack.ts';
import { checkRollbackConfiguration } from './rollback-configuration.ts';
import type { CloudFormationSettings } from './settings.ts';
import { stackParameters } from './stack-parameters.ts';
import { findStack, names, nextSequence, storedTemplate, templates } from './stack.ts';
import type { Stack } from './stack.ts';
import { templateText } from './template-text.ts';
import { validationError } from './validation-error.ts';

/** Everything that can be known without making a resource is refused at once; the rest happens by itself. */
export function createStack(settings: CloudFormationSettings, parent?: Stack) {
  return (world: World, input: CreateStackInput, call: Call): CreateStackOutput => {
    const { realm } = call;
    checkStackName(input.StackName ?? '');
    checkToken(input.ClientRequestToken);
    checkRollbackConfiguration(input.RollbackConfiguration);
    const existing = findStack(world, realm, input.StackName ?? '');
    if (existing) return repeated(existing, input);
    if (input.OnFailure !== undefined && input.DisableRollback !== undefined) {
      throw validationError('You can specify either DisableRollback or OnFailure, but not both.');
    }
    const text = templateText(world, settings, input);
    const original = readTemplate(text);
    return { StackId: beginCreate({ world, call, settings }, input, { text, original, parent }) };
  };
}

export interface Creation {
  /** The template as it was handed in, and read. */
  readonly text: string;
  readonly original: Template;
  /** Of a nested stack. */
  readonly parent?: Stack | undefined;
  /** The stack under review that a change set makes something of. */
  readonly existing?: Stack | undefined;
}

/** Everything has been asked for: makes the stack and begins. Out: its ARN. */
export function beginCreate(
  { world, call, settings }: { readonly world: World; readonly call: Call; readonly settings: CloudFormationSettings },
  input: CreateStackInput,
  { text, original, parent, existing }: Creation,
): string {
  const { realm } = call;
  if (existing === undefined) checkQuota(world, call);
  const policy = policyText(world, settings, { body: input.StackPolicyBody, url: input.StackPolicyURL });
  const stack = { ...asNewStack(world, input, call, { template: original, parent, existing }), policy };
  const prepared = processedTemplate({ world, realm, settings, stack }, text);
  checkCapabilities(prepared.template, input.Capabilities ?? [], original);
  templates(world, realm).put(stack.id, storedTemplate(text, prepared.text));
  names(world, realm).put(stack.name, { id: stack.id });
  const course = new Course(world, realm, settings, stack);
  asValidationError(() => checkStack(course));
  const reason = 'User Initiated';
  enterPhase(course, 'create', { begins: 'CREATE_STACK', reason, progress: { token: input.ClientRequestToken } });
  if (stack.timeoutMinutes) course.later(stack.timeoutMinutes * 60_000, 'cloudformation.timeout');
  course.save();
  return stack.id;
}

/** As AWS has it for a new account. */
const STACKS_MAX = 2000;

/** A stack counts until it is deleted. */
export function checkQuota(world: World, { realm }: Call): void {
  if (names(world, realm).size < STACKS_MAX) return;
  throw new ServiceError('LimitExceededException', 'Limit for stack has been exceeded');
}

/** The same token again is the same request; the first answer holds. */
function repeated(existing: Stack, input: CreateStackInput): CreateStackOutput {
  const { ClientRequestToken: token } = input;
  if (token !== undefined && existing.tokens['create'] === token) return { StackId: existing.id };
  throw new ServiceError('AlreadyExistsException', `Stack [${existing.name}] already exists`);
}

/** The stack that a request would make; with `existing` it is the one under review that it makes something of. */
export function asNewStack(
  world: World,
  input: CreateStackInput,
  call: Call,
  {
    template,
    parent,
    existing,
  }: { readonly template: Template; readonly parent?: Stack | undefined; readonly existing?: Stack | undefined },
): Stack {
  const { account, region } = call.realm;
  const name = input.StackName ?? '';
  return {
    id: existing?.id ?? `arn:aws:cloudformation:${region}:${account}:stack/${name}/${world.uuid()}`,
    name: existing?.name ?? name,
    sequence: existing?.sequence ?? nextSequence(world, call.realm),
    status: 'CREATE_IN_PROGRESS',
    createdAt: existing?.createdAt ?? world.now,
    ...(existing?.changeSetId === undefined ? {} : { changeSetId: existing.changeSetId }),
    description: template.Description,
    parameters: stackParameters({ world, realm: call.realm, template }, input.Parameters ?? []),
    tags: stackTags(input.Tags ?? []),
    capabilities: input.Capabilities ?? [],
    outputs: [],
    disableRollback:
      input.DisableRollback === true ||
      input.OnFailure === 'DO_NOTHING' ||
      expressDisablesRollback(input.DeploymentConfig, input),
    deploymentConfig: input.DeploymentConfig,
    onFailure: input.OnFailure,
    retainExceptOnCreate: input.RetainExceptOnCreate === true,
    terminationProtection: input.EnableTerminationProtection === true,
    ...(parent && { parentId: parent.id, rootId: parent.rootId ?? parent.id }),
    roleArn: input.RoleARN,
    timeoutMinutes: input.TimeoutInMinutes,
    notificationArns: input.NotificationARNs ?? [],
    rollbackConfiguration: input.RollbackConfiguration,
    logicalIds: [],
    tokens: input.ClientRequestToken === undefined ? {} : { create: input.ClientRequestToken },
  };
}
