import {
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  GetTemplateCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { patiently } from '@roundtrip/engine';
import type { ObservedStack, StackCloud, StackContent, StackEvent } from '@roundtrip/engine';
import { createAccountBucket, type AccountBucket } from './account-bucket.ts';
import type { CallCounter } from './call-counter.ts';
import { sleepOf, type ClientSettings } from './client-settings.ts';
import { classed } from './cloud-error.ts';
import { createStackClient, type StackClient } from './stack-client.ts';
import { createTemplateStore, type TemplateStore } from './template-store.ts';

/**
 * CloudFormation of one account and region through the SDK.
 * @param account twelve digits
 * @param bucket what large templates go through: the account's
 */
export function createStackCloud(
  settings: ClientSettings,
  account: string,
  counter: CallCounter,
  bucket: AccountBucket = createAccountBucket(settings, account, counter),
): StackCloud {
  const client = createStackClient(settings, counter);
  const templates = createTemplateStore(settings, bucket);
  // A read may be made twice by whoever makes it; sweeps are left to the poller, which has a pace of its own.
  const patient = <T>(read: () => Promise<T>): Promise<T> =>
    patiently({ sleep: sleepOf(settings) }, () => classed(read));
  return {
    sweep: (signal) => classed(() => sweep(client, signal)),
    create: (content) =>
      classed(async () => {
        const input = {
          ...(await stackInput(content, templates)),
          EnableTerminationProtection: content.terminationProtection,
        };
        return (await client.send(new CreateStackCommand(input))).StackId ?? '';
      }),
    update: (content) =>
      classed(
        async () => (await client.send(new UpdateStackCommand(await stackInput(content, templates)))).StackId ?? '',
      ),
    delete: ({ stackId, token, retain, force }) =>
      classed(async () => {
        await client.send(
          new DeleteStackCommand({
            StackName: stackId,
            ClientRequestToken: token,
            ...(retain === undefined ? {} : { RetainResources: [...retain] }),
            ...(force === true ? { DeletionMode: 'FORCE_DELETE_STACK' as const } : {}),
          }),
        );
      }),
    continueRollback: ({ stackId, token }) =>
      classed(async () => {
        await client.send(new ContinueUpdateRollbackCommand({ StackName: stackId, ClientRequestToken: token }));
      }),
    setTerminationProtection: (stackName, enabled) =>
      classed(async () => {
        const input = { StackName: stackName, EnableTerminationProtection: enabled };
        await client.send(new UpdateTerminationProtectionCommand(input));
      }),
    events: (stackId, limit) => patient(() => events(client, stackId, limit)),
    template: (stackName) =>
      patient(async () => {
        const input = { StackName: stackName, TemplateStage: 'Original' as const };
        return (await client.send(new GetTemplateCommand(input))).TemplateBody ?? '';
      }),
  };
}

async function sweep(client: StackClient, signal: AbortSignal | undefined): Promise<readonly ObservedStack[]> {
  const stacks: ObservedStack[] = [];
  for await (const page of client.stacks(signal)) for (const stack of page) stacks.push(observed(stack));
  return stacks;
}

async function stackInput(content: StackContent, templates: TemplateStore) {
  return {
    StackName: content.stackName,
    ...(await templates.reference(content.templateBody)),
    Parameters: [
      ...Object.entries(content.parameters).map(([key, value]) => ({ ParameterKey: key, ParameterValue: value })),
      ...(content.keep ?? []).map((key) => ({ ParameterKey: key, UsePreviousValue: true })),
    ],
    Capabilities: content.capabilities as never[],
    Tags: Object.entries(content.tags).map(([key, value]) => ({ Key: key, Value: value })),
    ClientRequestToken: content.token,
    // Without the second one a failure would leave the stack as it broke, and no update of it could replace a resource.
    ...(content.express === true ? { DeploymentConfig: { Mode: 'EXPRESS' as const, DisableRollback: false } } : {}),
  };
}

async function events(client: StackClient, stackId: string, limit: number): Promise<readonly StackEvent[]> {
  const found: StackEvent[] = [];
  let token: string | undefined;
  do {
    const input = { StackName: stackId, ...(token === undefined ? {} : { NextToken: token }) };
    const page = await client.send(new DescribeStackEventsCommand(input));
    for (const event of page.StackEvents ?? []) {
      found.push({
        at: event.Timestamp?.getTime() ?? 0,
        logicalId: event.LogicalResourceId ?? '',
        resourceType: event.ResourceType ?? '',
        status: event.ResourceStatus ?? '',
        ...(event.PhysicalResourceId === undefined ? {} : { physicalId: event.PhysicalResourceId }),
        ...(event.ResourceStatusReason === undefined ? {} : { reason: event.ResourceStatusReason }),
        ...(event.ClientRequestToken === undefined ? {} : { token: event.ClientRequestToken }),
      });
    }
    token = page.NextToken;
  } while (token !== undefined && found.length < limit);
  return found.slice(0, limit);
}

/** A cloud in the same process answers with the same object until the stack changes: it is read once. */
const known = new WeakMap<Stack, ObservedStack>();

function observed(stack: Stack): ObservedStack {
  let read = known.get(stack);
  if (read === undefined) known.set(stack, (read = observedOf(stack)));
  return read;
}

function observedOf(stack: Stack): ObservedStack {
  return {
    name: stack.StackName ?? '',
    id: stack.StackId ?? '',
    status: stack.StackStatus ?? '',
    ...(stack.StackStatusReason === undefined ? {} : { reason: stack.StackStatusReason }),
    parameters: Object.fromEntries(
      (stack.Parameters ?? []).map((one) => [one.ParameterKey ?? '', one.ParameterValue ?? '']),
    ),
    outputs: Object.fromEntries((stack.Outputs ?? []).map((one) => [one.OutputKey ?? '', one.OutputValue ?? ''])),
    tags: Object.fromEntries((stack.Tags ?? []).map((one) => [one.Key ?? '', one.Value ?? ''])),
    terminationProtection: stack.EnableTerminationProtection ?? false,
    createdAt: stack.CreationTime?.getTime() ?? 0,
    ...(stack.LastUpdatedTime === undefined ? {} : { updatedAt: stack.LastUpdatedTime.getTime() }),
    ...(stack.ParentId === undefined ? {} : { parentId: stack.ParentId }),
  };
}
