import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  GetTemplateSummaryCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { corpusTemplates } from '../corpus/corpus-template.ts';
import { testCloud } from '../testing/test-cloud.ts';
import { BoundedServices } from './bounded-services.ts';
import { Dice } from './dice.ts';
import { mutateText } from './mutate-text.ts';
import { mutateValue } from './mutate-value.ts';
import { CASE_MS_MAX, SEED, STEPS_MAX, TEMPLATE_CASES } from './test-cases.ts';

const HOUR_MS = 3_600_000;
/** A body of 50 KB takes a second to be read, and what is wrong with it is wrong with a small one as well. */
const templates = corpusTemplates().filter(({ text }) => text.length < 6_000);
const bound = new BoundedServices(STEPS_MAX);
let cases = 0;
let accepted = 0;
let slowestMs = 0;

test('templates that are not as they should be are refused or end, and never by a defect', async () => {
  const dice = new Dice(`${SEED} templates`);
  while (cases < TEMPLATE_CASES) {
    // A cloud of its own for a hundred, so that what some leave behind does not slow down the rest.
    const { as, pass, cloud, defects } = testCloud({ services: bound.registry(), limits: 'off' });
    const client = new CloudFormationClient({
      ...as('111111111111'),
      credentials: { accessKeyId: '111111111111', secretAccessKey: 's' },
    });
    for (let left = Math.min(100, TEMPLATE_CASES - cases); left > 0; left--) {
      const TemplateBody = mutant(dice);
      const startedMs = performance.now();
      bound.begin();
      await tryOut(client, TemplateBody, pass);
      await cloud.settle();
      slowestMs = Math.max(slowestMs, performance.now() - startedMs);
      cases += 1;
      assert.equal(defects, [], `${SEED}: ${TemplateBody}`);
    }
  }
  assert.ok(slowestMs < CASE_MS_MAX, `${slowestMs} ms`);
});

/** Half are changed as text, half as the value that the text stands for. */
function mutant(dice: Dice): string {
  const { text, template } = dice.oneOf(templates);
  const changes = 1 + dice.below(3);
  if (dice.below(2) === 0) return repeated(changes, text, (body) => mutateText(body, dice));
  return JSON.stringify(repeated<unknown>(changes, template, (value) => mutateValue(value, dice))) ?? '';
}

function repeated<T>(times: number, start: T, change: (value: T) => T): T {
  let value = start;
  for (let left = times; left > 0; left--) value = change(value);
  return value;
}

/** Create, update to the same with another parameter's value, delete; refusals are answers, InternalFailure is none. */
async function tryOut(client: CloudFormationClient, TemplateBody: string, pass: (ms: number) => void): Promise<void> {
  const input = {
    StackName: `s${cases}`,
    TemplateBody,
    Capabilities: ['CAPABILITY_NAMED_IAM' as const, 'CAPABILITY_AUTO_EXPAND' as const],
  };
  if (cases % 10 === 0) await refusable(client.send(new GetTemplateSummaryCommand({ TemplateBody })));
  if (!(await refusable(client.send(new CreateStackCommand(input))))) return;
  accepted += 1;
  pass(HOUR_MS);
  const tags = { Tags: [{ Key: 'fuzz', Value: 'again' }] };
  await refusable(client.send(new UpdateStackCommand({ ...input, ...tags })));
  pass(HOUR_MS);
  await refusable(client.send(new DeleteStackCommand({ StackName: input.StackName })));
  pass(3 * HOUR_MS);
}

/** Out: whether it was accepted. */
async function refusable(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    assert.is.not((error as Error).name, 'InternalFailure', (error as Error).message);
    assert.is.not((error as Error).name, 'Error', (error as Error).message);
    return false;
  }
}

test.after(() => {
  process.stdout.write(
    `fuzz: ${cases} templates, ${accepted} of them accepted, at most ${bound.most} steps and ${slowestMs.toFixed(0)} ms each\n`,
  );
});

test.run();
