import type {
  DescribeStackEventsOutput,
  DescribeStackResourcesOutput,
  DescribeStacksOutput,
  Stack,
  StackEvent,
} from '@aws-sdk/client-cloudformation';
import { resources } from '../../resource.ts';
import type { Resource } from '../../resource.ts';
import { noLog } from '../../store/log.ts';
import { Store } from '../../store/store.ts';
import { ServiceError } from '../../world.ts';
import type { Realm, Service, World } from '../../world.ts';
import { cloudformation } from './service.ts';

export const START = Date.UTC(2026, 0, 5, 8);

/** CloudFormation on a clock that stands still until a test moves it; nothing of the wire in between. */
export class TestCloud {
  readonly realm: Realm = { account: '111111111111', region: 'eu-west-1' };
  readonly #service: Service;
  readonly #store: Store;
  now = START;

  constructor(service: Service = cloudformation, seed = 'test') {
    this.#service = service;
    this.#store = new Store({ log: noLog, seed });
  }

  call<Out = object>(operation: string, input: object, realm: Realm = this.realm): Out {
    const behaviour = this.#service.operations[operation];
    const call = { realm, requestId: 'request', callerArn: `arn:aws:iam::${realm.account}:root` };
    return this.look((world) => behaviour?.(world, input as never, call)) as Out;
  }

  /** The code and text of what an operation refuses with. */
  refusal(operation: string, input: object): string {
    try {
      this.call(operation, input);
    } catch (error) {
      if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
      throw error;
    }
    return 'accepted';
  }

  look<T>(work: (world: World) => T): T {
    return this.#store.transact(this.now, work);
  }

  /** Lets so many seconds pass. */
  pass(seconds: number): void {
    const end = this.now + seconds * 1000;
    for (let due = this.#store.nextDue(); due && due.at <= end; due = this.#store.nextDue()) {
      const { kind, at } = due;
      const next = due;
      this.now = at;
      this.#store.transact(at, (world) => {
        this.#store.take(next);
        this.#service.handlers?.[kind]?.(world, next);
      });
    }
    this.now = end;
  }

  /** Lets time pass until the stack is at rest; at most a day. */
  settle(name: string): string {
    const isBusy = () => /_IN_PROGRESS$/.test(this.stack(name).StackStatus ?? '');
    for (let seconds = 0; isBusy() && seconds < 86_400; seconds++) this.pass(1);
    return this.stack(name).StackStatus ?? '';
  }

  create(name: string, template: object | string, more: object = {}): string {
    const TemplateBody = typeof template === 'string' ? template : JSON.stringify(template);
    return this.call<{ StackId: string }>('CreateStack', { StackName: name, TemplateBody, ...more }).StackId;
  }

  update(name: string, template: object, more: object = {}): void {
    this.call('UpdateStack', { StackName: name, TemplateBody: JSON.stringify(template), ...more });
  }

  stack(name: string): Stack {
    const [stack] = this.call<DescribeStacksOutput>('DescribeStacks', { StackName: name }).Stacks ?? [];
    if (!stack) throw new ServiceError('test', `no stack ${name}`);
    return stack;
  }

  /** `Logical STATUS reason`, oldest first; handlers' random request tokens are cut out. */
  events(name: string): string[] {
    const events: StackEvent[] = [];
    let NextToken: string | undefined;
    do {
      const page = this.call<DescribeStackEventsOutput>('DescribeStackEvents', { StackName: name, NextToken });
      events.push(...(page.StackEvents ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return events
      .reverse()
      .map(({ LogicalResourceId: id, ResourceStatus: status, ResourceStatusReason: reason }) =>
        [id, status, reason?.replace(/RequestToken: [0-9a-f-]+/, 'RequestToken: …')].filter(Boolean).join(' '),
      );
  }

  resourceOf(name: string, logicalId: string): { status: string; physicalId: string; reason: string } {
    const output = this.call<DescribeStackResourcesOutput>('DescribeStackResources', { StackName: name });
    const found = output.StackResources?.find(({ LogicalResourceId }) => LogicalResourceId === logicalId);
    return {
      status: found?.ResourceStatus ?? '',
      physicalId: found?.PhysicalResourceId ?? '',
      reason: found?.ResourceStatusReason ?? '',
    };
  }

  /** What is there, whoever made it. */
  resources(type?: string, region = this.realm.region): Resource[] {
    return this.look((world) =>
      [...resources(world, { ...this.realm, region }).values()].filter(
        (one) => type === undefined || one.type === type,
      ),
    );
  }
}

/** A resource of a harmless type that takes so many seconds, and may be told to fail. */
export function parameter(value: string, hints: object = {}, more: object = {}): object {
  return {
    Type: 'AWS::SSM::Parameter',
    Properties: { Type: 'String', Value: value },
    Metadata: { 'Roundtrip::LocalCloud': { CreateSeconds: 4, UpdateSeconds: 2, DeleteSeconds: 2, ...hints } },
    ...more,
  };
}

export function template(resourcesByName: Record<string, object>, more: object = {}): object {
  return { Metadata: { 'Roundtrip::LocalCloud': { StackOverheadSeconds: 5 } }, Resources: resourcesByName, ...more };
}
