import { ProblemError } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ensureServiceLinkedRole, type Iam } from './ensure-service-linked-role.ts';

const HERE = { Role: { RoleName: 'AWSServiceRoleForECS' } };

function awsError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

const missing = () => awsError('NoSuchEntityException', 'The role with name AWSServiceRoleForECS cannot be found.');

/** Answers one call after the other and notes what was asked, logged and waited for. */
function ports(answers: readonly unknown[]) {
  const asked: string[] = [];
  const logged: string[] = [];
  const waitedMs: number[] = [];
  const left = [...answers];
  const send = (command: { constructor: { name: string }; input: object }) => {
    asked.push(`${command.constructor.name} ${Object.values(command.input).join(' ')}`);
    const answer = left.length > 1 ? left.shift() : left[0];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const sleep = (ms: number) => Promise.resolve(void waitedMs.push(ms));
  return {
    iam: { send } as unknown as Iam,
    log: (line: string) => void logged.push(line),
    sleep,
    beforeWrite: (resource: string, operation: string) =>
      Promise.resolve(void asked.push(`(${operation} ${resource})`)),
    asked,
    logged,
    waitedMs,
  };
}

async function refusal(work: Promise<void>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.instance(error, ProblemError);
    return (error as ProblemError).message;
  }
  return assert.unreachable('it should have failed') as unknown as string;
}

test('a role that is there is left alone', async () => {
  const given = ports([HERE]);
  await ensureServiceLinkedRole(given);
  assert.equal(given.asked, ['GetRoleCommand AWSServiceRoleForECS']);
  assert.equal(given.logged, []);
});

test('a missing role is made, and waited for until IAM shows it', async () => {
  const given = ports([missing(), {}, missing(), missing(), HERE]);
  await ensureServiceLinkedRole(given);
  assert.equal(given.asked.slice(1, 3), [
    '(CreateServiceLinkedRole AWSServiceRoleForECS)',
    'CreateServiceLinkedRoleCommand ecs.amazonaws.com',
  ]);
  assert.is(given.asked.length, 6);
  assert.equal(given.waitedMs, [3000, 3000]);
  assert.equal(given.logged, ["made AWSServiceRoleForECS, which this account's first service would have missed"]);
});

test('somebody else making the role at the same moment is no failure', async () => {
  const taken = awsError(
    'InvalidInputException',
    'Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.',
  );
  const given = ports([missing(), taken, HERE]);
  await ensureServiceLinkedRole(given);
  assert.is(given.asked.length, 4);
});

test('who may not look goes on with a warning', async () => {
  const given = ports([awsError('AccessDenied', 'not authorized to perform: iam:GetRole')]);
  await ensureServiceLinkedRole(given);
  assert.equal(given.logged, [
    'may not look whether AWSServiceRoleForECS exists; if the first service fails for want of it, type: ' +
      'aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
  ]);
});

test('who may not make the role is told who can, and what to type', async () => {
  const given = ports([missing(), awsError('AccessDenied', 'not authorized to perform: iam:CreateServiceLinkedRole')]);
  assert.is(
    await refusal(ensureServiceLinkedRole(given)),
    `AWSServiceRoleForECS is missing in this account and may not be made: not authorized to perform: iam:CreateServiceLinkedRole
  why: without it the first ECS service of the account fails
  next: let somebody with the right to it type: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com`,
  );
});

test('a role that IAM never shows is given up after a minute', async () => {
  const given = ports([missing(), {}, missing()]);
  assert.is(
    await refusal(ensureServiceLinkedRole(given)),
    `AWSServiceRoleForECS was made, but IAM does not show it after 60 seconds
  next: type: aws iam get-role --role-name AWSServiceRoleForECS, and run again once it answers`,
  );
  assert.is(given.waitedMs.length, 20);
});

test('any other failure comes through as it is', async () => {
  const broken = awsError('ServiceFailureException', 'The request processing has failed because of an unknown error.');
  try {
    await ensureServiceLinkedRole(ports([broken]));
    assert.unreachable();
  } catch (error) {
    assert.is(error, broken);
  }
});

test.run();
