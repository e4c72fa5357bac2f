import type { CreateChangeSetInput, CreateChangeSetOutput } from '@aws-sdk/client-cloudformation';
import { ServiceError } from '../../../world.ts';
import type { Call, World } from '../../../world.ts';
import { checkCapabilities } from '../capabilities.ts';
import { checkStackName, checkToken, stackTags } from '../check-input.ts';
import { asNewStack, checkQuota } from '../create-stack.ts';
import { processedTemplate, readTemplate } from '../processed-template.ts';
import { checkRollbackConfiguration } from '../rollback-configuration.ts';
import type { CloudFormationSettings } from '../settings.ts';
import { STACK_TYPE, addEvent } from '../stack-event.ts';
import { findStack, names, nextSequence, stacks, storedTemplate, templateOf, templates } from '../stack.ts';
import type { Stack, StoredTemplate } from '../stack.ts';
import { templateText } from '../template-text.ts';
import { asUpdatedStack, notUpdatable, UPDATABLE } from '../update-stack.ts';
import { constraintError, validationError } from '../validation-error.ts';
import { changeSets, changeSetsOf } from './change-set.ts';
import type { ChangeSet } from './change-set.ts';

/** From the answer to the beginning, and from there to the end of the work: it is asynchronous on AWS. EST. */
export const CHANGE_SET_STEP_MS = 1000;

/** Checks what can be checked at once; the changes are worked out a little later. */
export function createChangeSet(settings: CloudFormationSettings) {
  return (world: World, input: CreateChangeSetInput, call: Call): CreateChangeSetOutput => {
    checkInput(input);
    const { realm } = call;
    const existing = findStack(world, realm, input.StackName ?? '');
    const known = repeated(world, call, existing, input);
    if (known !== undefined) return { Id: known.id, StackId: known.stackId };
    const type = input.ChangeSetType ?? 'UPDATE';
    if (type === 'UPDATE') checkUpdatable(existing, input);
    else if (existing !== undefined) checkReviewed(existing, input);
    if (existing === undefined) checkQuota(world, call);
    const text = templateText(world, settings, input, existing && templateOf(world, realm, existing.id).text);
    const template = readTemplate(text);
    const stack =
      type === 'UPDATE' && existing !== undefined
        ? asUpdatedStack(world, input, call, { stack: existing, template })
        : asNewStack(world, input, call, { template, existing });
    const prepared = processedTemplate({ world, realm, settings, stack }, text);
    checkCapabilities(prepared.template, input.Capabilities ?? [], template);
    const stored = storedTemplate(text, prepared.text);
    if (existing === undefined) review(world, call, stack, stored);
    const changeSet = newChangeSet(world, call, {
      ...{ input, stack, template: stored },
      type: type === 'UPDATE' ? 'UPDATE' : 'CREATE',
    });
    changeSets(world, realm).put(changeSet.id, changeSet);
    schedule(world, call, changeSet.id);
    return { Id: changeSet.id, StackId: stack.id };
  };
}

function checkInput(input: CreateChangeSetInput): void {
  const { ChangeSetName: name = '', StackName: stackName = '' } = input;
  if (!stackName.startsWith('arn:')) checkStackName(stackName);
  if (!/^[a-zA-Z][-a-zA-Z0-9]*$/.test(name)) {
    throw constraintError(name, 'changeSetName', 'satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*');
  }
  if (name.length > 128) throw constraintError(name, 'changeSetName', 'have length less than or equal to 128');
  checkToken(input.ClientToken);
  checkRollbackConfiguration(input.RollbackConfiguration);
  const unknown = [
    input.ChangeSetType === 'IMPORT' && 'change sets of the type IMPORT',
    input.IncludeNestedStacks === true && 'change sets of nested stacks (IncludeNestedStacks)',
    input.ImportExistingResources === true && 'ImportExistingResources',
    input.DeploymentMode === 'REVERT_DRIFT' && 'the deployment mode REVERT_DRIFT',
  ].find((what) => what !== false);
  if (unknown !== undefined) throw validationError(`The local cloud does not simulate ${unknown}.`);
}

function repeated(
  world: World,
  { realm }: Call,
  stack: Stack | undefined,
  { ChangeSetName: name, ClientToken: token }: CreateChangeSetInput,
): ChangeSet | undefined {
  const known = stack && changeSetsOf(world, realm, stack.id).find((one) => one.name === name);
  if (known === undefined || (token !== undefined && known.token === token)) return known;
  throw new ServiceError('AlreadyExistsException', `ChangeSet ${known.id} already exists`);
}

function checkUpdatable(stack: Stack | undefined, { StackName: name = '' }: CreateChangeSetInput): void {
  if (stack === undefined || stack.status === 'DELETE_COMPLETE') {
    throw validationError(`Stack [${name}] does not exist`);
  }
  if (!UPDATABLE.has(stack.status)) throw notUpdatable(stack);
}

function checkReviewed({ name, status }: Stack, { ChangeSetName: changeSet = '' }: CreateChangeSetInput): void {
  if (status === 'REVIEW_IN_PROGRESS') return;
  throw validationError(
    `Stack [${name}] already exists and cannot be created again with the changeSet [${changeSet}].`,
  );
}

/** A stack that is nothing but its name, until a change set is executed. */
function review(world: World, { realm }: Call, stack: Stack, template: ReturnType<typeof storedTemplate>): void {
  const empty: Stack = { ...stack, status: 'REVIEW_IN_PROGRESS', reason: 'User Initiated', parameters: [], tags: {} };
  stacks(world, realm).put(stack.id, empty);
  names(world, realm).put(stack.name, { id: stack.id });
  templates(world, realm).put(stack.id, template);
  const event = { logicalId: stack.name, physicalId: stack.id, type: STACK_TYPE, status: 'REVIEW_IN_PROGRESS' };
  addEvent(world, realm, stack.id, { ...event, reason: 'User Initiated' });
}

interface Wanted {
  readonly input: CreateChangeSetInput;
  readonly stack: Stack;
  readonly template: StoredTemplate;
  readonly type: ChangeSet['type'];
}

function newChangeSet(world: World, { realm }: Call, { input, stack, template, type }: Wanted): ChangeSet {
  const name = input.ChangeSetName ?? '';
  const { TemplateBody: _body, TemplateURL: _url, ...rest } = input;
  return {
    id: `arn:aws:cloudformation:${realm.region}:${realm.account}:changeSet/${name}/${world.uuid()}`,
    name,
    sequence: nextSequence(world, realm),
    stackId: stack.id,
    stackName: stack.name,
    type,
    status: 'CREATE_PENDING',
    executionStatus: 'UNAVAILABLE',
    createdAt: world.now,
    description: input.Description,
    token: input.ClientToken,
    ...template,
    input: rest,
    parameters: stack.parameters,
    tags: input.Tags === undefined ? stack.tags : stackTags(input.Tags),
    changes: [],
  };
}

function schedule(world: World, { realm }: Call, id: string): void {
  world.later(CHANGE_SET_STEP_MS, { kind: 'cloudformation.change-set', realm, payload: { id } });
}
