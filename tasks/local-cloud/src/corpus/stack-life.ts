import { strict as assert } from 'node:assert';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  paginateDescribeStackEvents,
} from '@aws-sdk/client-cloudformation';
import type { Parameter, Stack, StackEvent, StackResource } from '@aws-sdk/client-cloudformation';
import { testCloud } from '../testing/test-cloud.ts';
import type { TestCloud } from '../testing/test-cloud.ts';
import { recordingLog } from '../testing/recording-log.ts';
import type { RecordingLog } from '../testing/recording-log.ts';
import type { CorpusTemplate } from './corpus-template.ts';

const CAPABILITIES = ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;
/** More than the slowest of AWS's resources takes, several times over. */
const HOURS_MAX = 12;
const DAY_MS = 86_400_000;

/** A cloud of its own for one template, through the SDK's CloudFormation client. */
export class StackLife {
  readonly cloud: TestCloud;
  readonly log: RecordingLog = recordingLog();
  readonly #client: CloudFormationClient;

  constructor() {
    this.cloud = testCloud({ log: this.log });
    this.#client = new CloudFormationClient(this.cloud.as('111111111111'));
  }

  /** Out: the stack's ARN. */
  async create({ name, text, create }: CorpusTemplate): Promise<string> {
    const input = { StackName: name, Parameters: parameters(create), Capabilities: [...CAPABILITIES] };
    const { StackId = '' } = await this.#client.send(new CreateStackCommand({ ...input, TemplateBody: text }));
    return StackId;
  }

  async update(stackId: string, { update }: CorpusTemplate): Promise<void> {
    await this.#client.send(
      new UpdateStackCommand({
        StackName: stackId,
        UsePreviousTemplate: true,
        Parameters: parameters(update),
        Capabilities: [...CAPABILITIES],
      }),
    );
  }

  async delete(stackId: string): Promise<void> {
    await this.#client.send(new DeleteStackCommand({ StackName: stackId }));
  }

  /** Lets time pass until the stack is at rest. Out: its status and, where there is one, the reason. */
  async rest(stackId: string): Promise<string> {
    for (let minute = 0; minute < HOURS_MAX * 60; minute++) {
      this.cloud.pass(60_000);
      const { StackStatus: status = '', StackStatusReason: reason } = await this.describe(stackId);
      if (!status.endsWith('_IN_PROGRESS')) return [status, reason].filter(Boolean).join(' ');
    }
    return assert.fail(`${stackId} is not at rest after ${HOURS_MAX} hours`);
  }

  async describe(stackId: string): Promise<Stack> {
    const { Stacks } = await this.#client.send(new DescribeStacksCommand({ StackName: stackId }));
    return Stacks?.[0] as Stack;
  }

  async resources(stackId: string): Promise<StackResource[]> {
    const answer = await this.#client.send(new DescribeStackResourcesCommand({ StackName: stackId }));
    return answer.StackResources ?? [];
  }

  /** Oldest first. */
  async events(stackId: string): Promise<StackEvent[]> {
    const events: StackEvent[] = [];
    const pages = paginateDescribeStackEvents({ client: this.#client }, { StackName: stackId });
    for await (const { StackEvents = [] } of pages) events.push(...StackEvents);
    return events.reverse();
  }

  /** What is there once everything that waits for its deletion has gone: types, sorted. */
  async left(): Promise<string[]> {
    this.cloud.pass(60 * DAY_MS);
    await this.cloud.cloud.settle();
    return this.log
      .resources()
      .map(({ type }) => type)
      .sort();
  }
}

function parameters(given: Readonly<Record<string, string>>): Parameter[] {
  return Object.entries(given).map(([key, value]) => ({ ParameterKey: key, ParameterValue: String(value) }));
}
