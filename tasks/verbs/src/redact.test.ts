import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { redact, redactTexts } from './redact.ts';

test('the secrets of the run are taken out wherever they stand', () => {
  assert.is(redact('key=hunter22hunter22 again hunter22hunter22', ['hunter22hunter22']), 'key=**** again ****');
});

test('of two secrets the longer goes first, so that no rest of it stays', () => {
  assert.is(redact('abcdefgh-rest', ['abcdefgh', 'abcdefgh-rest']), '****');
});

test('a secret of less than eight characters is left alone, because it would be found in ordinary words', () => {
  assert.is(redact('a local cloud', ['local', '']), 'a local cloud');
});

test('what looks like a key or a token of AWS is taken out although nobody named it', () => {
  assert.is(redact('id AKIAIOSFODNN7EXAMPLE and ASIAIOSFODNN7EXAMPLE', []), 'id **** and ****');
  assert.is(redact('AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY', []), 'AWS_SECRET_ACCESS_KEY=****');
  assert.is(redact('{"SessionToken": "IQoJb3JpZ2luX2VjEHwaCXVzLWVhc3Qt"}', []), '{"SessionToken": "****"}');
  assert.is(redact('password: 0123456789abcdef0123', []), 'password: ****');
});

test('ordinary texts about secrets stay as they are', () => {
  const text = 'DatabaseSecret (AWS::SecretsManager::Secret): the token is missing, see the password policy';
  assert.is(redact(text, []), text);
});

test('in plain data each text is redacted, names and numbers are not', () => {
  const data = {
    type: 'write',
    token: '20260102T030405678Z-beef-0123456789abcdef',
    at: 1,
    lines: ['a "quoted" secret'],
  };
  assert.equal(redactTexts(data, ['"quoted" secret']), { ...data, lines: ['a ****'] });
});

test.run();
