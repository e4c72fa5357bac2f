import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblems } from '@roundtrip/problem';
import * as v from 'valibot';
import { checkSection } from './section.ts';
import { layerOf } from './temporary-project.ts';
import { readYaml } from './yaml-source.ts';

/** What is wrong with a section `data:` of these lines, by this schema. */
function complaintOf(entries: v.ObjectEntries, lines: string, limits?: Record<string, number>): string {
  const text = `data:\n${lines}`;
  const { source } = readYaml(text, 'envs/stage.yaml');
  assert.ok(source);
  const layer = layerOf({ name: 'data', config: v.strictObject(entries), stacks: () => [], ...(limits && { limits }) });
  const { data } = source.value as { data: unknown };
  return formatProblems(checkSection(source, data, layer).problems);
}

test('wrong kinds of values are told with the right one', () => {
  const entries = {
    number: v.number(),
    quoted: v.number(),
    text: v.string(),
    date: v.string(),
    flag: v.boolean(),
    no: v.boolean(),
    items: v.array(v.string()),
    map: v.record(v.string(), v.number()),
    either: v.union([v.string(), v.number()]),
    none: v.string(),
  };
  assert.is(
    complaintOf(
      entries,
      `  number: many
  quoted: '1000'
  text: 007
  date: true
  flag: 1
  no: off
  items: a
  map: { a: b }
  either: true
  none:
`,
    ),
    `envs/stage.yaml:2:11: data.number is "many", not a number
envs/stage.yaml:3:11: data.quoted is "1000", not a number
  next: write it without quotes: 1000
envs/stage.yaml:4:9: data.text is 007, not text
  next: quote it: '007'
envs/stage.yaml:5:9: data.date is true, not text
  next: quote it: 'true'
envs/stage.yaml:6:9: data.flag is 1, not true or false
envs/stage.yaml:7:7: data.no is "off", not true or false
  next: write false
envs/stage.yaml:8:10: data.items is "a", not a list
envs/stage.yaml:9:13: data.map.a is "b", not a number
envs/stage.yaml:10:11: data.either is true, not text or a number
envs/stage.yaml:11:8: data.none is empty
  next: write text after it`,
  );
});

test('values that are a list of choices are told with the choices', () => {
  const nat = v.picklist(['one', 'per-zone']);
  const size = v.union([v.literal('small'), v.literal('large')]);
  assert.is(
    complaintOf(
      { nat, size, count: v.picklist([1, 2]), other: v.optional(nat) },
      `  nat: per_zone
  size: middling
  count: '2'
`,
    ),
    `envs/stage.yaml:2:8: data.nat is "per_zone", not one of one and per-zone
  next: did you mean per-zone?
envs/stage.yaml:3:9: data.size is "middling", not one of small and large
envs/stage.yaml:4:10: data.count is "2", not 2
  next: write it without quotes: 2`,
  );
});

test('bounds are told with the bound', () => {
  const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(35));
  assert.is(
    complaintOf(
      {
        few: days,
        many: days,
        half: days,
        step: v.pipe(v.number(), v.multipleOf(10)),
        zones: v.pipe(v.array(v.string()), v.minLength(2)),
        name: v.pipe(v.string(), v.maxLength(3)),
        exact: v.pipe(v.string(), v.length(1)),
        owner: v.pipe(v.string(), v.nonEmpty()),
        pattern: v.pipe(v.string(), v.regex(/^db\./)),
        mail: v.pipe(v.string(), v.email()),
        said: v.pipe(
          v.string(),
          v.check(() => false, 'not a password that anybody would guess'),
        ),
      },
      `  few: 0
  many: 350
  half: 1.5
  step: 25
  zones: [a]
  name: long
  exact: ab
  owner: ''
  pattern: t3.micro
  mail: nobody
  said: secret
`,
    ),
    `envs/stage.yaml:2:8: data.few is 0, less than 1
  next: write 1 or more
envs/stage.yaml:3:9: data.many is 350, more than 35
  next: write 35 or less
envs/stage.yaml:4:9: data.half is 1.5, not a whole number
envs/stage.yaml:5:9: data.step is 25, not a multiple of 10
envs/stage.yaml:6:10: data.zones has 1 entry, but needs 2 entries or more
envs/stage.yaml:7:9: data.name has 4 characters, but may have 3 characters at most
envs/stage.yaml:8:10: data.exact has 2 characters, but must have 1 character
envs/stage.yaml:9:10: data.owner is empty
  next: give it a value
envs/stage.yaml:10:12: data.pattern is "t3.micro", which does not match /^db\\./
envs/stage.yaml:11:9: data.mail is "nobody", not a valid email
envs/stage.yaml:12:9: data.said is "secret": not a password that anybody would guess`,
  );
});

test('keys are told where they stand, however deep', () => {
  const service = v.strictObject({
    name: v.string(),
    size: v.pipe(v.optional(v.strictObject({ cpu: v.pipe(v.number(), v.metadata({ description: 'units of CPU' })) }))),
  });
  assert.is(
    complaintOf(
      { services: v.array(service), nothing: v.optional(v.strictObject({})) },
      `  services:
    - { name: a, size: { cpus: 1 } }
    - nmae: b
  nothing: { x: 1 }
  x: 1
`,
    ),
    `envs/stage.yaml:3:18: data.services[0].size.cpu is missing
  why: units of CPU
  next: add "cpu: <a number>" under data.services[0].size
envs/stage.yaml:3:26: unknown key "cpus" in data.services[0].size
  next: did you mean "cpu"?
envs/stage.yaml:4:7: data.services[1].name is missing
  next: add "name: <text>" under data.services[1]
envs/stage.yaml:4:7: unknown key "nmae" in data.services[1]
  next: did you mean "name"?
envs/stage.yaml:5:14: unknown key "x" in data.nothing
  next: take it out; no key goes here
envs/stage.yaml:6:3: unknown key "x" in data
  next: the keys here are services and nothing`,
  );
});

const storage = { storageGb: v.optional(v.number(), 20), replicas: v.optional(v.strictObject({ count: v.number() })) };
const limits = { storageGb: 500, 'replicas.count': 5 };

test('a value beyond a limit is refused, which is where a typed extra zero ends', () => {
  assert.is(
    complaintOf(storage, '  storageGb: 1000\n  replicas: { count: 50 }\n', limits),
    `envs/stage.yaml:2:14: data.storageGb is 1000, more than this layer's limit of 500
  next: if that is meant, add "limits: { storageGb: 1000 }" under data
envs/stage.yaml:3:22: data.replicas.count is 50, more than this layer's limit of 5
  next: if that is meant, add "limits: { replicas.count: 50 }" under data`,
  );
});

test('the section may raise a limit', () => {
  assert.is(complaintOf(storage, '  storageGb: 1000\n  limits: { storageGb: 1000 }\n', limits), '');
  assert.is(complaintOf(storage, '  replicas: { count: 50 }\n  limits: { replicas.count: 50 }\n', limits), '');
  assert.is(
    complaintOf(storage, '  storageGb: 10000\n  limits: { storageGb: 1000 }\n', limits),
    `envs/stage.yaml:2:14: data.storageGb is 10000, more than the limit of 1000
  next: if that is meant, raise "storageGb" under data.limits to 10000`,
  );
  assert.is(
    complaintOf(storage, '  storageGb: 1000\n  limits: { replicas.count: 50 }\n', limits),
    `envs/stage.yaml:2:14: data.storageGb is 1000, more than this layer's limit of 500
  next: if that is meant, add "storageGb: 1000" under data.limits`,
  );
});

test('limits themselves have to be right', () => {
  assert.is(
    complaintOf(storage, "  limits: { storageGB: 1, color: 2, replicas.count: '9' }\n", limits),
    `envs/stage.yaml:2:13: layer "data" has no limit for "storageGB"
  next: did you mean "storageGb"?
envs/stage.yaml:2:27: layer "data" has no limit for "color"
  next: the limits here are storageGb and replicas.count
envs/stage.yaml:2:53: data.limits.replicas.count is "9", not a number
  next: write the new limit as a number`,
  );
  assert.is(
    complaintOf(storage, '  limits: 9\n', limits),
    `envs/stage.yaml:2:11: data.limits is 9, not a map of keys
  next: write it as "limits: { storageGb: 500 }"`,
  );
  assert.is(
    complaintOf(storage, '  limits: { storageGb: 1 }\n'),
    `envs/stage.yaml:2:3: unknown key "limits" in data
  next: the keys here are storageGb and replicas`,
  );
});

test.run();
