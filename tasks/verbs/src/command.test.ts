import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ProblemError } from '@roundtrip/problem';
import { commandOf } from './command.ts';

test('a task that names its environment needs no other word', () => {
  const stage = { task: 'stage', direction: 'up', environment: 'stage', make: 'make stage' };
  assert.equal(commandOf('stage', undefined), stage);
  assert.equal(commandOf('stage', 'stage'), stage);
  const destroy = { task: 'destroy-stage', direction: 'down', environment: 'stage', make: 'make destroy-stage' };
  assert.equal(commandOf('destroy-stage', undefined), destroy);
});

test('the generic tasks are told their environment', () => {
  assert.equal(commandOf('up', 'dev'), { task: 'up', direction: 'up', environment: 'dev', make: 'make up ENV=dev' });
  assert.is(commandOf('down', 'dev').make, 'make down ENV=dev');
});

test('a missing environment is said with what to type', () => {
  const text = 'make down needs the name of an environment\n  next: type: make down ENV=stage';
  assert.is(textOf('down', undefined), text);
  assert.is(textOf('down', ''), text);
  assert.is(textOf('', undefined), text.replaceAll('down', 'up'));
});

test('a task of one environment does nothing to another', () => {
  assert.is(
    textOf('destroy-stage', 'prod'),
    'make destroy-stage is for the environment "stage" and for no other, not for "prod"\n  next: type: make down ENV=prod',
  );
});

function textOf(task: string, environment: string | undefined): string {
  try {
    return JSON.stringify(commandOf(task, environment));
  } catch (error) {
    assert.instance(error, ProblemError);
    assert.is((error as ProblemError).exitCode, 2);
    return (error as ProblemError).message;
  }
}

test.run();
