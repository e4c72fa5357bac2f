import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as ssm from '@aws-sdk/client-ssm';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkInput } from './check-input.ts';
import { modelOf } from './model.ts';

const MODELS = { cloudformation: modelOf(cloudformation), ssm: modelOf(ssm) };

/** What an operation says of an input. */
function verdict(service: keyof typeof MODELS, operation: string, input: object): string {
  const model = MODELS[service];
  const found = model.operations.get(operation);
  assert.ok(found);
  try {
    checkInput(model, found.input, input);
    return 'fine';
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return `${code}: ${message}`;
  }
}

test('what is required and missing is named, all of it at once', () => {
  assert.is(verdict('cloudformation', 'CreateStack', { StackName: 'a' }), 'fine');
  assert.is(
    verdict('cloudformation', 'CreateStack', { Tags: [{ Key: 'a', Value: 'b' }, { Value: 'c' }] }),
    "ValidationError: 2 validation errors detected: Value null at 'stackName' failed to satisfy constraint: Member " +
      "must not be null; Value null at 'tags.2.member.key' failed to satisfy constraint: Member must not be null",
  );
  assert.is(
    verdict('ssm', 'GetParameter', {}),
    "ValidationException: 1 validation error detected: Value null at 'name' failed to satisfy constraint: Member " +
      'must not be null',
  );
});

test('a value of another type is refused before any behaviour sees it', () => {
  const put = (more: object): string => verdict('ssm', 'PutParameter', { Name: 'a', Value: 'b', ...more });
  assert.is(put({}), 'fine');
  assert.is(put({ Value: 5 }), 'SerializationException: NUMBER_VALUE can not be converted to a String');
  assert.is(put({ Overwrite: 'yes' }), 'SerializationException: STRING_VALUE can not be converted to a Boolean');
  assert.is(
    put({ Value: ['b'] }),
    'SerializationException: Start of structure or list can not be converted to a String',
  );
  assert.is(put({ Tags: { a: 'b' } }), 'SerializationException: Expected list or null');
  assert.is(put({ Tags: ['a'] }), 'SerializationException: Unexpected value where a structure was expected');
});

test.run();
