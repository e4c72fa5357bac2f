import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { testCloud } from './testing/test-cloud.ts';
import type { WireRequest } from './wire/http.ts';

const SERVICES = [
  'sts',
  's3',
  'ecs',
  'iam',
  'logs',
  'ssm',
  'secretsmanager',
  'tagging',
  'cloudcontrolapi',
  'nothing',
  '',
];
const OPERATIONS = [
  ...['AssumeRole', 'GetRole', 'CreateServiceLinkedRole', 'PutParameter', 'GetParameters', 'GetParametersByPath'],
  ...['UpdateService', 'DescribeServices', 'DescribeTasks', 'ListClusters', 'GetResources', 'DescribeLogGroups'],
  ...['DeleteResource', 'ListResources', 'ListSecrets', 'GetSecretValue', 'constructor', '__proto__', ''],
];

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '{}', '[]', 'null', '<a/>', '%', '0'),
);
/** Names that mean something, with values that mean nothing. */
const names = [
  ...['Name', 'Value', 'Type', 'Names', 'Path', 'Tags', 'cluster', 'services', 'desiredCount', 'tasks', 'limit'],
  ...['TagFilters', 'ResourcesPerPage', 'TypeName', 'Identifier', 'SecretId', 'Filters', 'nextToken', 'MaxResults'],
];
const wild = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 6 });
const body = fc.oneof(
  text,
  fc.json(),
  wild.map((value) => JSON.stringify(value)),
  fc.array(fc.tuple(text, text)).map((pairs) => new URLSearchParams(pairs).toString()),
);

const request = fc
  .record({
    service: fc.constantFrom(...SERVICES),
    operation: fc.constantFrom(...OPERATIONS),
    method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH'),
    path: fc.oneof(fc.constantFrom('/', '/b', '/b/k', '//', '/%'), fc.webPath()),
    query: fc.oneof(fc.webQueryParameters(), fc.constantFrom('', 'delete', 'tagging', 'list-type=2&max-keys=x')),
    headers: fc.dictionary(fc.constantFrom('content-type', 'if-match', 'x-amz-content-sha256', 'host', 'range'), text),
    body,
  })
  .map(({ service, operation, body: payload, headers, ...rest }): WireRequest => {
    const authorization = `AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1/${service}/aws4_request`;
    const isForm = service === 'sts' || service === 'iam';
    const form = `Action=${operation}&${payload}`;
    return {
      ...rest,
      headers: { ...headers, authorization, 'x-amz-target': `Any.${operation}` },
      body: Buffer.from(isForm ? form : payload),
    };
  });

test('whatever is asked is answered, and never by a defect', async () => {
  const { cloud, defects } = testCloud();
  await fc.assert(
    fc.asyncProperty(request, async (asked) => {
      const { status } = await cloud.handle(asked);
      assert.ok(status >= 200 && status < 600);
      assert.equal(defects, []);
    }),
    { numRuns: 2500 },
  );
});

test.run();
