import {
  AssumeRoleCommand,
  DecodeAuthorizationMessageCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { requestHandler } from './request-handler.ts';
import { failureOf, START, testCloud } from './testing/test-cloud.ts';
import type { WireRequest } from './wire/http.ts';
import { ServiceError } from './world.ts';
import type { Call, Service, World } from './world.ts';

const signed = (service: string, key = '111111111111') =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

function form(service: string | undefined, body: string): WireRequest {
  const authorization = service === undefined ? {} : { authorization: signed(service) };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...authorization };
  return { method: 'POST', path: '/', query: '', headers, body: Buffer.from(body) };
}

test('an SDK client works in process without a socket', async () => {
  const sts = new STSClient(testCloud().as('222222222222'));
  const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));
  assert.equal([Account, Arn, UserId], ['222222222222', 'arn:aws:iam::222222222222:root', '222222222222']);
});

test('the same requests at the same times give the same answers, byte for byte', async () => {
  const answers = async (seed: string): Promise<string[]> => {
    const { cloud } = testCloud({ seed });
    const request = form('sts', 'Action=AssumeRole&RoleArn=arn:aws:iam::222222222222:role/r&RoleSessionName=one');
    return [String((await cloud.handle(request)).body), String((await cloud.handle(request)).body)];
  };
  assert.equal(await answers('a'), await answers('a'));
  assert.not.equal(await answers('a'), await answers('b'));
});

test('the query protocol has its envelope', async () => {
  const { status, headers, body } = await testCloud({ seed: 'x' }).cloud.handle(
    form('sts', 'Action=GetCallerIdentity'),
  );
  const requestId = headers['x-amzn-requestid'] ?? '';
  assert.is(status, 200);
  assert.is(headers['content-type'], 'text/xml');
  assert.is(
    body,
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      '<UserId>111111111111</UserId><Account>111111111111</Account><Arn>arn:aws:iam::111111111111:root</Arn>' +
      `</GetCallerIdentityResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>` +
      '</GetCallerIdentityResponse>',
  );
});

test('a request without a signature is refused in the words of AWS', async () => {
  const { status, body } = await testCloud().cloud.handle(form(undefined, 'Action=GetCallerIdentity'));
  assert.is(status, 403);
  assert.match(
    String(body),
    '<Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message>',
  );
});

test('a service that is not simulated says so by name, as JSON to those who speak it', async () => {
  const { cloud } = testCloud();
  const text =
    'The local cloud does not simulate the service lambda; docs/local-cloud-operations.md lists what it does';
  const headers = { authorization: signed('lambda') };
  const answer = await cloud.handle({
    method: 'GET',
    path: '/2015-03-31/functions',
    query: '',
    headers,
    body: new Uint8Array(),
  });
  assert.is(answer.status, 501);
  assert.equal(JSON.parse(String(answer.body)), { __type: 'NotImplemented', message: text });
  const xml = await cloud.handle(form('lambda', 'Action=List'));
  assert.match(String(xml.body), `<Code>NotImplemented</Code><Message>${text}</Message>`);
});

test('an operation that is not simulated says so by name', async () => {
  const sts = new STSClient(testCloud().as('111111111111'));
  assert.equal(await failureOf(sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'x' }))), {
    name: 'NotImplemented',
    message:
      'The local cloud does not simulate sts:DecodeAuthorizationMessage; docs/local-cloud-operations.md lists what it does',
    status: 501,
  });
});

const probe: Service = {
  client: 'client-sts',
  operations: {
    GetCallerIdentity(world: World, _input: object, { realm }: Call) {
      world.table('thing', realm).put('a', 1);
      world.later(1000, { kind: 'test.due', realm, payload: {} });
      throw new TypeError('a slip');
    },
    GetSessionToken(world: World, _input: object, { realm }: Call) {
      world.later(2000, { kind: 'test.due', realm, payload: { name: 'second' } });
      world.later(1000, { kind: 'test.due', realm, payload: { name: 'first' } });
      world.later(1500, { kind: 'test.broken', realm, payload: {} });
      return {};
    },
    DecodeAuthorizationMessage(world: World, _input: object, { realm }: Call) {
      const happened = [...world.table<string>('happened', realm).values()].join(', ');
      return { DecodedMessage: `${happened}; ${world.table('thing', realm).size}` };
    },
    GetAccessKeyInfo() {
      throw new ServiceError('IDPCommunicationErrorException', 'not now');
    },
  },
  handlers: {
    'test.due': (world, { realm, payload }) => {
      const name = String(payload['name']);
      world.table('happened', realm).put(name, `${name} at ${world.now - START}`);
    },
    'test.broken': () => {
      throw new TypeError('a slip');
    },
  },
};
const probed = () => testCloud({ services: { sts: async () => probe } });

test('an input without what the operation requires does not come as far as the behaviour', async () => {
  const { cloud, defects } = testCloud();
  const { status, body } = await cloud.handle(form('sts', 'Action=AssumeRole&RoleSessionName=ci'));
  assert.is(status, 400);
  assert.match(
    String(body),
    '<Code>ValidationError</Code><Message>1 validation error detected: Value null at &apos;roleArn&apos; failed to ' +
      'satisfy constraint: Member must not be null</Message>',
  );
  assert.equal(defects, []);
});

test('a defect is an answer, is reported, and leaves nothing behind', async () => {
  const { cloud, defects } = probed();
  const { status, body } = await cloud.handle(form('sts', 'Action=GetCallerIdentity'));
  assert.is(status, 500);
  assert.match(
    String(body),
    '<Code>InternalFailure</Code><Message>A defect of the local cloud: TypeError: a slip</Message>',
  );
  assert.is(defects.length, 1);
  assert.is(cloud.nextDueAt(), undefined);
  const after = await cloud.handle(form('sts', 'Action=DecodeAuthorizationMessage&EncodedMessage=x'));
  assert.match(String(after.body), '<DecodedMessage>; 0</DecodedMessage>');
});

test('what is due happens in order and at its own time, before the next request, whatever breaks down between', async () => {
  const { cloud, pass, defects } = probed();
  await cloud.handle(form('sts', 'Action=GetSessionToken'));
  assert.is(cloud.nextDueAt(), START + 1000);
  pass(60_000);
  const { body } = await cloud.handle(form('sts', 'Action=DecodeAuthorizationMessage&EncodedMessage=x'));
  assert.match(String(body), '<DecodedMessage>first at 1000, second at 2000; 0</DecodedMessage>');
  assert.is(defects.length, 1);
});

test('an error has the code and status that AWS gives it on the wire, not its class name', async () => {
  const { status, body } = await probed().cloud.handle(
    form('sts', 'Action=GetAccessKeyInfo&AccessKeyId=AKIAIOSFODNN7EXAMPLE'),
  );
  assert.is(status, 400);
  assert.match(String(body), '<Code>IDPCommunicationError</Code><Message>not now</Message>');
});

test('clients of different realms share one cloud', async () => {
  const { as } = testCloud();
  const assumed = await new STSClient(as('111111111111')).send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::333333333333:role/deploy', RoleSessionName: 'ci' }),
  );
  const sts = new STSClient(as(assumed.Credentials?.AccessKeyId ?? '', 'us-east-1'));
  assert.is((await sts.send(new GetCallerIdentityCommand({}))).Account, '333333333333');
});

test('the request handler takes bodies of every kind that the SDK sends', async () => {
  const bodies: WireRequest['body'][] = [];
  const cloud = testCloud().cloud;
  const handler = requestHandler({
    ...cloud,
    handle: async (request) => (bodies.push(request.body), { status: 200, headers: {}, body: '' }),
  });
  const chunks = (async function* () {
    yield 'ab';
    yield Buffer.from('c');
  })();
  for (const body of ['abc', Buffer.from('abc'), chunks]) {
    await handler.handle({
      method: 'PUT',
      hostname: 'x',
      path: '/',
      query: { a: ['1', '2'], b: null },
      headers: {},
      body,
    });
  }
  assert.equal(
    bodies.map((body) => Buffer.from(body).toString()),
    ['abc', 'abc', 'abc'],
  );
});

test.run();
