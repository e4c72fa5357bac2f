import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withoutSecrets } from './without-secrets.ts';

const LINES: readonly (readonly [string, string])[] = [
  ['FATAL: no route to database-1:5432', 'FATAL: no route to database-1:5432'],
  ['connect postgres://app:hunter2@db:5432/app failed', 'connect postgres://app:****@db:5432/app failed'],
  ['DB_PASSWORD=hunter2 DB_HOST=db', 'DB_PASSWORD=**** DB_HOST=db'],
  ['{"password":"a b c","user":"app"}', '{"password":****,"user":"app"}'],
  ["apiKey: 'x1', region: eu-west-1", 'apiKey: ****, region: eu-west-1'],
  ['Authorization: Bearer abc.def', 'Authorization: ****'],
  ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln from it', 'got **** from it'],
  ['key AKIAIOSFODNN7EXAMPLE is unknown', 'key **** is unknown'],
  ['signed with wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'signed with ****'],
  ['task 0123456789abcdef0123456789abcdef ended', 'task 0123456789abcdef0123456789abcdef ended'],
];

test('what may be a secret is cut out of log lines, and what tells the cause stays', () => {
  assert.equal(
    LINES.map(([line]) => withoutSecrets(line)),
    LINES.map(([, clean]) => clean),
  );
});

test.run();
