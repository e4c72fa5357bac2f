import {
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { CloudError, patiently } from '@roundtrip/engine';
import type { CallCounter } from '../call-counter.ts';
import { sleepOf, type ClientSettings } from '../client-settings.ts';
import { classed } from '../cloud-error.ts';
import { createStackClient } from '../stack-client.ts';
import type { HeldResource } from './kind.ts';

/** What CloudFormation knows of stacks, beyond what a sweep shows. Methods reject with a CloudError. */
export interface StackFacts {
  /** What a stack holds and has not deleted yet, all pages. */
  resources(stack: string): Promise<readonly HeldResource[]>;
  /** The template that a delete goes by, as text. */
  template(stack: string): Promise<string>;
  /** Whose living resource this is: a stack's name. */
  holder(physicalId: string): Promise<string | undefined>;
  /** The names of what a stack exports. */
  exports(stack: string): Promise<readonly string[]>;
  /** The names of the stacks that import an export, all pages. */
  importers(exportName: string): Promise<readonly string[]>;
}

/** All reads may be made twice, and are, until they are answered. */
export function createStackFacts(settings: ClientSettings, counter: CallCounter): StackFacts {
  const client = createStackClient(settings, counter);
  const clock = { sleep: sleepOf(settings) };
  const patient = async <T>(call: () => Promise<T>): Promise<T> => await patiently(clock, () => classed(call));
  return {
    resources: (stack) => allPages((from) => patient(() => resourcePage(client, stack, from))),
    template: async (stack) => {
      const input = { StackName: stack, TemplateStage: 'Processed' as const };
      return (await patient(() => client.send(new GetTemplateCommand(input)))).TemplateBody ?? '';
    },
    holder: async (physicalId) => {
      const input = { PhysicalResourceId: physicalId };
      const answer = await unlessUnknown(patient(() => client.send(new DescribeStackResourcesCommand(input))));
      return holderAmong(answer?.StackResources ?? [], physicalId);
    },
    exports: async (stack) => {
      const { Stacks } = await patient(() => client.send(new DescribeStacksCommand({ StackName: stack })));
      return (Stacks?.[0]?.Outputs ?? []).flatMap(({ ExportName }) => (ExportName === undefined ? [] : [ExportName]));
    },
    importers: (name) => allPages((from) => patient(() => importPage(client, name, from))),
  };
}

/**
 * AWS describes the stack that a resource belongs to, but only its first hundred resources: where the one that was asked
 * for is not among them, it is one of the rest.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html
 */
const DESCRIBED_MAX = 100;

function holderAmong(described: readonly StackResource[], physicalId: string): string | undefined {
  const asked = described.filter((one) => one.PhysicalResourceId === physicalId);
  if (asked.length === 0 && described.length >= DESCRIBED_MAX) return described[0]?.StackName;
  return asked.find(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE')?.StackName;
}

type Client = ReturnType<typeof createStackClient>;

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

async function allPages<T>(page: (from: { NextToken?: string }) => Promise<Page<T>>): Promise<readonly T[]> {
  const found: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token === undefined ? {} : { NextToken: token });
    found.push(...items);
    token = next;
  } while (token !== undefined);
  return found;
}

/** Resources whose delete is done stay in the list of a stack whose own delete failed. */
const ENDED = ['DELETE_COMPLETE', 'DELETE_SKIPPED'];

async function resourcePage(client: Client, stack: string, from: { NextToken?: string }): Promise<Page<HeldResource>> {
  const answer = await client.send(new ListStackResourcesCommand({ StackName: stack, ...from }));
  const living = (answer.StackResourceSummaries ?? []).filter(
    ({ ResourceStatus = '', PhysicalResourceId = '' }) => PhysicalResourceId !== '' && !ENDED.includes(ResourceStatus),
  );
  const items = living.map((one) => ({
    logicalId: one.LogicalResourceId ?? '',
    type: one.ResourceType ?? '',
    physicalId: one.PhysicalResourceId ?? '',
  }));
  return { items, next: answer.NextToken };
}

/** An export that nobody imports is answered with an error. */
async function importPage(client: Client, name: string, from: { NextToken?: string }): Promise<Page<string>> {
  const command = new ListImportsCommand({ ExportName: name, ...from });
  const answer = await unlessUnknown(classed(() => client.send(command)));
  return { items: answer?.Imports ?? [], next: answer?.NextToken };
}

const UNKNOWN = /^Stack for .+ does not exist|^Export .+ is not imported by any stack|^Export .+ does not exist/s;

async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CloudError && error.kind === 'invalid' && UNKNOWN.test(error.message)) return undefined;
    throw error;
  }
}
