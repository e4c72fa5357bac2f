import { Readable } from 'node:stream';
import {
  CloudError,
  type Blocker,
  type Blockers,
  type MayWrite,
  type ObservedStack,
  type StuckResource,
} from '@roundtrip/engine';
import * as assert from 'uvu/assert';
import { clientConfig } from '../client-settings.ts';
import { createTestAccount, type TestAccount } from '../test-account.ts';
import { createBlockers } from './blockers.ts';

/** Longer than anything takes to be made or deleted. */
const LONG_MS = 30 * 60_000;

export interface TestStage extends TestAccount {
  readonly blockers: Blockers;
  /** The constructor argument of any SDK client. */
  readonly config: ReturnType<typeof clientConfig>;
  /** Makes a stack and waits for it. */
  up(name: string, template: string): Promise<ObservedStack>;
  /** Deletes a stack. @returns what it could not delete; undefined when the stack is gone. */
  down(stack: ObservedStack): Promise<readonly StuckResource[] | undefined>;
  /** What is in the way, in a line each. */
  lines(stack: ObservedStack, stuck?: readonly StuckResource[]): Promise<readonly string[]>;
  /** Clears everything that a run may clear, each thing twice. */
  clear(stack: ObservedStack, stuck?: readonly StuckResource[]): Promise<void>;
  /** What AWS's code is when work fails. */
  codeOf(work: Promise<unknown>): Promise<string>;
}

export interface TestStageOptions {
  readonly mayUnprotect?: boolean;
  readonly knowsTemplates?: boolean;
  /** The body of an answer in the cloud's place; undefined where the cloud is asked. */
  readonly answer?: (operation: string) => string | undefined;
}

export function createTestStage(options: TestStageOptions = {}): TestStage {
  const { mayUnprotect = false, knowsTemplates = true, answer = () => undefined } = options;
  const account = createTestAccount();
  const { counter, stacks, pass } = account;
  // What waits for a retry waits on the cloud's clock.
  const settings = {
    ...account.settings,
    sleep: async (ms: number) => pass(ms),
    requestHandler: answering(account.settings.requestHandler as RequestHandler, answer),
  };
  const templates = new Map<string, string>();
  const templateOf = (name: string): string | undefined => (knowsTemplates ? templates.get(name) : undefined);
  const blockers = createBlockers(settings, counter, { templateOf, mayUnprotect });
  let deletes = 0;
  const seen = async (id: string) => (await stacks.sweep()).find((stack) => stack.id === id);
  const linesOf: TestStage['lines'] = async (stack, stuck) => (await blockers.find(stack, stuck)).map(lineOf);
  return {
    ...account,
    settings,
    blockers,
    config: clientConfig(settings),
    async up(stackName, templateBody) {
      templates.set(stackName, templateBody);
      const rest = { token: 'up', parameters: {}, capabilities: ['CAPABILITY_AUTO_EXPAND'], tags: {} };
      const id = await stacks.create({ stackName, templateBody, ...rest, terminationProtection: false });
      pass(LONG_MS);
      const stack = await seen(id);
      if (stack?.status === 'CREATE_COMPLETE') return stack;
      const events = await stacks.events(id, 100);
      const failed = events.filter(({ status }) => status === 'CREATE_FAILED');
      throw new CloudError(
        'invalid',
        'Test',
        failed.map(({ logicalId, reason }) => `${logicalId}: ${reason}`).join('; '),
      );
    },
    async down({ name, id }) {
      deletes += 1;
      await stacks.delete({ stackName: name, stackId: id, token: `down-${deletes}` });
      pass(LONG_MS);
      if ((await seen(id)) === undefined) return undefined;
      const events = await stacks.events(id, 100);
      return events
        .filter((event) => event.status === 'DELETE_FAILED' && event.token === `down-${deletes}`)
        .filter((event) => event.resourceType !== 'AWS::CloudFormation::Stack')
        .map((event) => ({
          ...{ logicalId: event.logicalId, resourceType: event.resourceType },
          ...{ physicalId: event.physicalId ?? '', reason: event.reason ?? '' },
        }));
    },
    lines: linesOf,
    async clear(stack, stuck) {
      for (const blocker of await blockers.find(stack, stuck)) {
        await assertStays(blockers, blocker, () => linesOf(stack, stuck));
        await blockers.clear(blocker, may);
        await blockers.clear(blocker, may);
      }
    },
    async codeOf(work) {
      try {
        await work;
        return 'no error';
      } catch (error) {
        return error instanceof CloudError ? `${error.kind} ${error.code}: ${error.message}` : String(error);
      }
    },
  };
}

/** A run that may write, and one that may not any more. */
export const may: MayWrite = async () => undefined;
const NOT = new Error('may not write');
const mayNot: MayWrite = async () => {
  throw NOT;
};

async function assertStays(
  blockers: Blockers,
  blocker: Blocker,
  lines: () => Promise<readonly string[]>,
): Promise<void> {
  const before = await lines();
  await blockers.clear(blocker, mayNot).catch((error: unknown) => {
    if (error !== NOT) throw error;
  });
  assert.equal(await lines(), before, 'cleared although the run may not write');
}

function lineOf({ logicalId, what, remedy }: Blocker): string {
  return `${logicalId}: ${what}; ${'clear' in remedy ? remedy.clear : remedy.next}`;
}

interface Request {
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

interface RequestHandler {
  handle(request: Request, options: object): Promise<object>;
}

/** Lets somebody else answer what the cloud has no rules for. */
function answering(handler: RequestHandler, answer: NonNullable<TestStageOptions['answer']>): RequestHandler {
  return {
    ...handler,
    handle: async (request, options) => {
      const operation = 'delete' in request.query ? 'DeleteObjects' : request.headers['x-amz-target']?.split('.')[1];
      const text = answer(operation ?? '');
      if (text === undefined) return await handler.handle(request, options);
      return { response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(text)]) } };
    },
  };
}
