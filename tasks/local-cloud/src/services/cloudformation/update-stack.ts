import { isDeepStrictEqual } from 'node:util';
import type { UpdateStackInput, UpdateStackOutput } from '@aws-sdk/client-cloudformation';
import type { Template } from '@roundtrip/template';
import type { Call, World } from '../../world.ts';
import { checkCapabilities } from './capabilities.ts';
import { checkToken, stackTags } from './check-input.ts';
import { outdateChangeSets } from './change-set/change-set.ts';
import { Course } from './course.ts';
import { enterPhase } from './enter-phase.ts';
import { expressDisablesRollback } from './express.ts';
import { policyText } from './stack-policy/policy-operations.ts';
import { checkStack } from './check-stack.ts';
import { asValidationError, prepareTemplate } from './prepared-template.ts';
import type { PreparedTemplate } from './prepared-template.ts';
import { processedTemplate, readTemplate } from './processed-template.ts';
import { befores } from './progress.ts';
import { checkRollbackConfiguration, keptRollbackConfiguration } from './rollback-configuration.ts';
import type { CloudFormationSettings } from './settings.ts';
import { resourcesOfStack } from './stack-resource.ts';
import { stackParameters } from './stack-parameters.ts';
import { findStack, processedText, storedTemplate, templateOf, templates } from './stack.ts';
import type { Stack, StoredTemplate } from './stack.ts';
import { templateText } from './template-text.ts';
import { hasUpdates } from './updates.ts';
import { validationError } from './validation-error.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html lists the states. */
export const UPDATABLE: ReadonlySet<string> = new Set([
  ...['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'],
  ...['CREATE_FAILED', 'UPDATE_FAILED'],
]);

export function updateStack(settings: CloudFormationSettings) {
  return (world: World, input: UpdateStackInput, call: Call): UpdateStackOutput => {
    const { realm } = call;
    checkToken(input.ClientRequestToken);
    checkRollbackConfiguration(input.RollbackConfiguration);
    const stack = livingStack(world, call, input.StackName ?? '');
    const token = input.ClientRequestToken;
    if (token !== undefined && stack.tokens['update'] === token) return { StackId: stack.id };
    if (!UPDATABLE.has(stack.status)) throw notUpdatable(stack);
    const previous = templateOf(world, realm, stack.id);
    const text = templateText(world, settings, input, previous.text);
    applyUpdate({ world, call, settings }, input, { stack, text, original: readTemplate(text) });
    return { StackId: stack.id };
  };
}

interface Context {
  readonly world: World;
  readonly call: Call;
  readonly settings: CloudFormationSettings;
}

/** Everything has been asked for: checks it against the stack and begins. */
export function applyUpdate(
  context: Context,
  input: UpdateStackInput,
  { stack, text, original }: { readonly stack: Stack; readonly text: string; readonly original: Template },
): void {
  const { world, call, settings } = context;
  const { realm } = call;
  const previous = templateOf(world, realm, stack.id);
  const policy =
    policyText(world, settings, { body: input.StackPolicyBody, url: input.StackPolicyURL }) ?? stack.policy;
  const [body, url] = [input.StackPolicyDuringUpdateBody, input.StackPolicyDuringUpdateURL];
  const during = policyText(world, settings, { body, url });
  const next = { ...asUpdatedStack(world, input, call, { stack, template: original }), policy };
  const prepared = processedTemplate({ world, realm, settings, stack: next }, text);
  checkCapabilities(prepared.template, input.Capabilities ?? [], original);
  refuseOtherTypes(prepared, prepareTemplate(processedText(previous)));
  outdateChangeSets(world, realm, stack.id, next.changeSetId);
  beginUpdate(context, { stack, next, previous, text, prepared, during });
}

interface Update {
  readonly stack: Stack;
  readonly next: Stack;
  readonly previous: StoredTemplate;
  /** The new template as it was handed in. */
  readonly text: string;
  readonly prepared: PreparedTemplate;
  /** The stack policy while this update lasts. */
  readonly during: string | undefined;
}

function beginUpdate(
  { world, call, settings }: Context,
  { stack, next, previous, text, prepared, during }: Update,
): void {
  const { realm } = call;
  const kept = befores(world, realm).get(stack.id);
  const resources = Object.fromEntries(resourcesOfStack(world, realm, stack).map((one) => [one.logicalId, one]));
  // After a failed update without rollback, the last good state stays the one to go back to.
  befores(world, realm).put(stack.id, kept ?? { stack, template: previous, resources, leftovers: [] });
  templates(world, realm).put(stack.id, storedTemplate(text, prepared.text));
  const course = new Course(world, realm, settings, next);
  asValidationError(() => checkStack(course));
  if (!stack.status.endsWith('_FAILED') && !hasUpdates(course, stack, processedText(previous))) {
    throw validationError('No updates are to be performed.');
  }
  const token = next.tokens['update'];
  const progress = { token, leftovers: kept?.leftovers ?? [], policy: during ?? next.policy };
  enterPhase(course, 'update', { begins: 'UPDATE_STACK', reason: 'User Initiated', progress });
  course.save();
}

/** The stack by name or ARN, as the operations that change one ask for it. */
export function livingStack(world: World, call: Call, name: string): Stack {
  const stack = findStack(world, call.realm, name);
  if (stack && stack.status !== 'DELETE_COMPLETE') return stack;
  throw validationError(`Stack [${name}] does not exist`);
}

export function notUpdatable({ id, status }: Stack): Error {
  return validationError(`Stack:${id} is in ${status} state and can not be updated.`);
}

/** The stack as a request would make it. */
export function asUpdatedStack(
  world: World,
  input: UpdateStackInput,
  { realm }: Call,
  { stack, template }: { readonly stack: Stack; readonly template: Template },
): Stack {
  const token = input.ClientRequestToken;
  return {
    ...stack,
    updatedAt: world.now,
    description: template.Description,
    parameters: stackParameters({ world, realm, template }, input.Parameters ?? [], stack.parameters),
    // Left out, the tags stay; given, they replace all of the old ones.
    tags: input.Tags === undefined ? stack.tags : stackTags(input.Tags),
    capabilities: input.Capabilities ?? [],
    disableRollback:
      input.DisableRollback === true ||
      stack.status.endsWith('_FAILED') ||
      expressDisablesRollback(input.DeploymentConfig, input),
    deploymentConfig: input.DeploymentConfig,
    retainExceptOnCreate: input.RetainExceptOnCreate === true,
    roleArn: input.RoleARN ?? stack.roleArn,
    notificationArns: input.NotificationARNs ?? stack.notificationArns,
    rollbackConfiguration: keptRollbackConfiguration(input.RollbackConfiguration, stack.rollbackConfiguration),
    tokens: token === undefined ? stack.tokens : { ...stack.tokens, update: token },
  };
}

function refuseOtherTypes(after: PreparedTemplate, before: PreparedTemplate): void {
  const changed = Object.entries(after.template.Resources)
    .filter(([id, { Type }]) => !isDeepStrictEqual(before.template.Resources[id]?.Type ?? Type, Type))
    .map(([id]) => id);
  if (changed.length === 0) return;
  throw validationError(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
  );
}
