import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { readEnvironment } from './read-environment.ts';
import { listEnvironments } from './list-environments.ts';
import { complaint, layerOf, removeTemporaryProjects, temporaryProject } from './temporary-project.ts';

test.after.each(removeTemporaryProjects);

const network = layerOf({
  name: 'network',
  config: v.strictObject({
    cidr: v.pipe(v.string(), v.metadata({ description: 'address range of the VPC' })),
    zones: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(3)), 2),
  }),
  check: ({ config, environment, placeOf }: never) => {
    const { cidr } = config as { cidr: string };
    if (cidr !== 'bad') return [];
    return [
      {
        code: 'x',
        place: (placeOf as (path: string[]) => object)(['cidr']),
        what: `${(environment as { name: string }).name}: bad range`,
      },
    ];
  },
  stacks: () => [],
});
const sweep = layerOf({ name: 'destroy', config: v.strictObject({}), stacks: () => [] });
const layers = [network, sweep];

const good = `cloud: local
account: '111111111111'
region: eu-west-1
owner: platform-team
protect: false
tags:
  cost-centre: platform
schedule: { timezone: Europe/Berlin, destroy: { day: friday, time: '19:00' }, rebuild: { day: monday, time: 06:00 } }
network:
  cidr: 10.0.0.0/16
`;

const read = (text: string, name = 'stage') =>
  readEnvironment({ root: temporaryProject({ [`envs/${name}.yaml`]: text }), name, layers });
const complaintOf = (text: string, name?: string) => complaint(() => read(text, name));
const changed = (from: string, to: string) => {
  assert.ok(good.includes(from));
  return complaintOf(good.replace(from, to));
};

test('a good file gives the facts and a section for every layer, after defaults', () => {
  const environment = read(
    good.replace('owner', 'role: arn:aws:iam::111111111111:role/ci/deployer\nmode: standard\nowner'),
  );
  assert.equal(environment.facts, {
    name: 'stage',
    cloud: 'local',
    account: '111111111111',
    region: 'eu-west-1',
    owner: 'platform-team',
    protect: false,
    tags: { 'cost-centre': 'platform' },
  });
  assert.is(environment.file, 'envs/stage.yaml');
  assert.is(environment.role, 'arn:aws:iam::111111111111:role/ci/deployer');
  assert.is(environment.mode, 'standard');
  assert.equal(environment.schedule, {
    timezone: 'Europe/Berlin',
    destroy: { day: 'friday', time: '19:00' },
    rebuild: { day: 'monday', time: '06:00' },
  });
  assert.equal([...environment.sections.keys()], ['network', 'destroy']);
  assert.equal(environment.sections.get('network')?.config, { cidr: '10.0.0.0/16', zones: 2 });
  assert.equal(environment.sections.get('destroy')?.config, {});
  assert.equal(environment.sections.get('network')?.context.placeOf(['cidr']), {
    file: 'envs/stage.yaml',
    line: 12,
    column: 9,
  });
  assert.equal(environment.sections.get('network')?.context.placeOf(['zones']), {
    file: 'envs/stage.yaml',
    line: 11,
    column: 1,
  });
});

test('the environments are the files in envs/', () => {
  const root = temporaryProject({
    'envs/stage.yaml': '',
    'envs/prod.yaml': '',
    'envs/environment.schema.json': '',
    'envs/old.yaml/x': '',
  });
  assert.equal(listEnvironments(root), ['prod', 'stage']);
  assert.equal(listEnvironments(temporaryProject({})), []);
});

test('an unknown environment is answered with the known ones and the nearest', () => {
  const root = temporaryProject({ 'envs/stage.yaml': '', 'envs/prod.yaml': '', 'envs/dev.yml': '' });
  const ask = (name: string) => complaint(() => readEnvironment({ root, name, layers }));
  assert.is(
    ask('stgae'),
    `there is no environment "stgae"
  why: the environments are prod and stage
  next: did you mean "stage"? If not, write envs/stgae.yaml to make a new one`,
  );
  assert.is(
    ask('load-test'),
    `there is no environment "load-test"
  why: the environments are prod and stage
  next: write envs/load-test.yaml to make a new one`,
  );
  assert.is(
    ask('dev'),
    `there is no environment "dev"
  why: the environments are prod and stage
  next: rename envs/dev.yml to dev.yaml`,
  );
  assert.is(
    complaint(() => readEnvironment({ root: temporaryProject({}), name: 'stage', layers })),
    `there is no environment "stage"
  why: envs/ has no env file
  next: write envs/stage.yaml to make a new one`,
  );
});

test('a file name that no stack could bear is refused', () => {
  assert.is(
    complaintOf(good, 'Stage_2'),
    `envs/Stage_2.yaml: "Stage_2" cannot be the name of an environment
  why: every stack name begins with it: lower-case letters, digits and single hyphens, a letter first, 32 characters at most
  next: rename the file, for instance to envs/stage-2.yaml`,
  );
});

test('a file that is empty or no map is refused', () => {
  const next = '\n  next: an env file begins with cloud, account, region, owner and protect; envs/*.yaml show it';
  assert.is(complaintOf('# nothing yet\n'), `envs/stage.yaml: the file is empty${next}`);
  assert.is(complaintOf('- cloud\n'), `envs/stage.yaml:1:1: the file is a list, not a map of keys${next}`);
});

test('a file that is no YAML is refused', () => {
  assert.is(
    changed('cidr: 10.0.0.0/16', 'cidr: [10.0.0.0/16'),
    `envs/stage.yaml:11:1: this is not YAML
  why: Flow sequence in block collection must be sufficiently indented and end with a ]
  next: correct it; nothing else in the file was checked`,
  );
});

test('everything that is wrong is reported at once, from top to bottom', () => {
  assert.is(
    complaintOf(`cloud: azure
account: 0123
acount: '111111111111'
region: eu-wst-1
protect: yes
protect: yes
network:
  cidr: 1
  zone: 2
  zones: two
cache:
  nodes: 1
`),
    `envs/stage.yaml:1:1: owner is missing
  why: who answers for this environment: a team or an address
  next: add "owner: <text>"
envs/stage.yaml:1:8: cloud is "azure", not one of local and aws
envs/stage.yaml:2:10: account is 0123, not twelve digits
  next: write the twelve digits of the account in quotes: account: '123456789012'
envs/stage.yaml:3:1: unknown key "acount"
  next: did you mean "account"?
envs/stage.yaml:4:9: region is "eu-wst-1", which AWS does not have
  next: did you mean eu-west-1?
envs/stage.yaml:6:1: key "protect" stands here a second time
  why: only one of the two can be meant
  next: take one of them out
envs/stage.yaml:6:10: protect is "yes", not true or false
  next: write true
envs/stage.yaml:8:9: network.cidr is 1, not text
  next: quote it: '1'
envs/stage.yaml:9:3: unknown key "zone" in network
  next: did you mean "zones"?
envs/stage.yaml:10:10: network.zones is "two", not a number
envs/stage.yaml:11:1: section "cache" is of no layer
  why: the layers in packages/ are network and destroy
  next: take it out, or make the layer: npx nx g @roundtrip/nx-plugin:layer cache`,
  );
});

test('a missing account means refuse, never any', () => {
  const why = '\n  why: without an account nothing tells a run for staging from a run for production';
  const next = "\n  next: write the twelve digits of the account in quotes: account: '123456789012'";
  assert.is(changed("account: '111111111111'\n", ''), `envs/stage.yaml:1:1: account is missing${why}${next}`);
  assert.is(changed("account: '111111111111'", 'account:'), `envs/stage.yaml:2:9: account is empty${why}${next}`);
  assert.is(changed("account: '111111111111'", "account: ''"), `envs/stage.yaml:2:10: account is empty${why}${next}`);
});

test('an account that YAML has made a number of is to be quoted', () => {
  assert.is(
    changed("'111111111111'", '012345678901'),
    `envs/stage.yaml:2:10: account is 012345678901 without quotes
  why: YAML reads it as the number 12345678901; a number cannot begin with a zero
  next: quote it: account: '012345678901'`,
  );
  assert.is(
    changed("'111111111111'", '111111111111'),
    `envs/stage.yaml:2:10: account is 111111111111 without quotes
  why: YAML reads it as the number 111111111111; a number cannot begin with a zero
  next: quote it: account: '111111111111'`,
  );
});

test('an account is twelve digits', () => {
  const next = "\n  next: write the twelve digits of the account in quotes: account: '123456789012'";
  assert.is(
    changed("'111111111111'", "'1111-2222-3333'"),
    `envs/stage.yaml:2:10: account is "1111-2222-3333", not twelve digits
  next: write the digits alone: account: '111122223333'`,
  );
  assert.is(
    changed("'111111111111'", "'11111111111'"),
    `envs/stage.yaml:2:10: account is "11111111111", not twelve digits${next}`,
  );
  assert.is(changed("'111111111111'", '[1]'), `envs/stage.yaml:2:10: account is a list, not twelve digits${next}`);
});

test('a region is one that AWS has', () => {
  assert.is(
    changed('region: eu-west-1\n', ''),
    `envs/stage.yaml:1:1: region is missing
  next: add "region: eu-west-1", or the one that is meant`,
  );
  assert.match(
    changed('eu-west-1', 'atlantis') ?? '',
    /^envs\/stage\.yaml:3:9: region is "atlantis", which AWS does not have\n {2}next: the regions are af-south-1, ap-east-1, .* and us-west-2$/,
  );
  assert.match(
    changed('region: eu-west-1', 'region:') ?? '',
    /^envs\/stage\.yaml:3:8: region is empty\n {2}next: the regions are af-south-1, .* and us-west-2$/,
  );
});

test('a role is the ARN of a role in the same account', () => {
  const withRole = (role: string) => changed('owner', `role: ${role}\nowner`);
  const next = '\n  next: write it as arn:aws:iam::111111111111:role/<name>, or take the key out';
  assert.is(withRole('deployer'), `envs/stage.yaml:4:7: role is "deployer", not the ARN of a role${next}`);
  assert.is(
    withRole('arn:aws:iam::111111111111:user/me'),
    `envs/stage.yaml:4:7: role is "arn:aws:iam::111111111111:user/me", not the ARN of a role${next}`,
  );
  assert.is(withRole("''"), `envs/stage.yaml:4:7: role is empty${next}`);
  assert.is(
    withRole('arn:aws:iam::222222222222:role/deployer'),
    `envs/stage.yaml:4:7: role is of account 222222222222, but account is 111111111111
  why: a run would change another account than the one that this file names
  next: write the role of account 111111111111: arn:aws:iam::111111111111:role/<name>`,
  );
});

test("tags stay within AWS's limits and off the reserved prefixes", () => {
  const withTags = (tags: string) => changed('tags:\n  cost-centre: platform\n', `tags:\n${tags}`);
  const characters = '\n  next: use letters, digits, spaces and _ . : / = + - @';
  assert.is(
    withTags(`  aws:x: a
  roundtrip:y: b
  ${'k'.repeat(129)}: c
  long: ${'v'.repeat(257)}
  bad: a;b
  "#": x
  number: 007
  nothing:
  list: [a]
`),
    `envs/stage.yaml:7:3: tag key "aws:x" begins with "aws:", which AWS keeps for itself
  next: choose another key
envs/stage.yaml:8:3: tag key "roundtrip:y" begins with "roundtrip:", which is kept for the tags that the tool writes itself
  next: choose another key
envs/stage.yaml:9:3: tag key "${'k'.repeat(77)}…" has 129 characters, but may have 128 at most${characters}
envs/stage.yaml:10:9: tags.long has 257 characters, but may have 256 at most${characters}
envs/stage.yaml:11:8: tags.bad is "a;b", with a character that AWS does not take in tags${characters}
envs/stage.yaml:12:3: tag key "#" has a character that AWS does not take in tags${characters}
envs/stage.yaml:13:11: tags.number is 007, not text
  next: quote it: '007'
envs/stage.yaml:14:11: tags.nothing is empty
  next: write "nothing: ''" if that is meant
envs/stage.yaml:15:9: tags.list is a list, not text
  next: write text after it`,
  );
  const many = Array.from({ length: 46 }, (_, index) => `  tag-${index}: x\n`).join('');
  assert.is(
    withTags(many),
    `envs/stage.yaml:6:1: tags has 46 tags, but may have 45 at most
  why: AWS takes 50 tags on a stack, and 5 of them are kept for those that the tool writes itself
  next: take out 1 tag`,
  );
  assert.is(
    changed('tags:\n  cost-centre: platform\n', 'tags: mine\n'),
    `envs/stage.yaml:6:7: tags is "mine", not a map of keys
  next: write it as "tags: { cost-centre: platform }"`,
  );
});

test('a schedule has days, times and a timezone that exist', () => {
  const schedule = (text: string) =>
    changed(good.slice(good.indexOf('schedule:'), good.indexOf('network:')), `schedule:\n${text}`);
  assert.is(
    schedule(`  timezone: Europe/Berlni
  destroy: { day: fryday, time: '24:00' }
  rebuild: { day: monday, tyme: '06:00' }
`),
    `envs/stage.yaml:10:19: schedule.destroy.day is "fryday", not one of monday, tuesday, wednesday, thursday, friday, saturday and sunday
  next: did you mean friday?
envs/stage.yaml:10:33: schedule.destroy.time is "24:00": not a time of day as HH:MM, 00:00 to 23:59
envs/stage.yaml:11:3: schedule.rebuild.time is missing
  why: HH:MM on the clocks of the schedule's timezone, 24 hours, quoted
  next: add "time: <text>" under schedule.rebuild
envs/stage.yaml:11:27: unknown key "tyme" in schedule.rebuild
  next: did you mean "time"?`,
  );
  assert.is(
    schedule(`  timezone: Europe/Berlni
  destroy: { day: friday, time: '19:00' }
  rebuild: { day: friday, time: '19:00' }
`),
    `envs/stage.yaml:9:13: schedule.timezone is "Europe/Berlni", not an IANA timezone
  next: did you mean Europe/Berlin?
envs/stage.yaml:11:12: schedule.rebuild is friday 19:00, the same moment as schedule.destroy
  next: choose a later moment for one of them`,
  );
  assert.is(
    schedule(`  timezone: "+02:00"
  destroy: { day: friday, time: '19:00' }
  rebuild: { day: monday, time: '06:00' }
`),
    `envs/stage.yaml:9:13: schedule.timezone is "+02:00", not an IANA timezone
  next: write it as Europe/Berlin, or UTC`,
  );
});

test('a protected environment has no schedule that destroys it', () => {
  assert.is(
    changed('protect: false', 'protect: true'),
    `envs/stage.yaml:8:1: schedule destroys this environment every week, but protect is true
  why: destroying a protected environment is refused, so the schedule could never do its work
  next: take the schedule out, or write "protect: false"`,
  );
});

test('deletion protection is lifted only where the file says so, and never of a protected environment', () => {
  assert.is(read(good).unprotect, undefined);
  assert.is(read(good.replace('protect: false', 'protect: false\nunprotect: true')).unprotect, true);
  const unscheduled = good.replace(/^schedule.*\n/m, '');
  assert.is(
    complaintOf(unscheduled.replace('protect: false', 'protect: true\nunprotect: true')),
    `envs/stage.yaml:6:1: unprotect lets a run switch off deletion protection, but protect is true
  why: destroying a protected environment is refused, so nothing of it is ever unprotected
  next: take unprotect out, or write "protect: false"`,
  );
  assert.is(
    complaintOf(good.replace('protect: false', 'protect: false\nunprotect: yes')),
    'envs/stage.yaml:6:12: unprotect is "yes", not true or false\n  next: write true',
  );
});

test('cloud and protect have to be said', () => {
  assert.is(
    changed('cloud: local\n', ''),
    `envs/stage.yaml:1:1: cloud is missing
  why: local: the embedded simulator, no AWS account needed. aws: the real one
  next: add "cloud: local | aws"`,
  );
  assert.is(
    changed('protect: false\n', ''),
    `envs/stage.yaml:1:1: protect is missing
  why: true: every stack has termination protection, and destroying the environment is refused
  next: add "protect: <true or false>"`,
  );
  assert.is(
    changed('cloud: local', 'cloud:'),
    `envs/stage.yaml:1:7: cloud is empty
  next: write local or aws after it`,
  );
});

test('a section that is left out counts where the layer has no default for something', () => {
  assert.is(
    changed('network:\n  cidr: 10.0.0.0/16\n', ''),
    `envs/stage.yaml: section "network" is missing
  why: layer "network" has no default for cidr
  next: add "network:" with cidr under it`,
  );
  assert.is(
    changed('network:\n  cidr: 10.0.0.0/16\n', 'network:\n'),
    `envs/stage.yaml:9:1: network.cidr is missing
  why: address range of the VPC
  next: add "cidr: <text>" under network`,
  );
  assert.is(
    changed('network:\n  cidr: 10.0.0.0/16\n', 'network: big\n'),
    `envs/stage.yaml:9:10: network is "big", not a map of keys`,
  );
});

test("a layer's own rules are asked as well, even where another key is wrong", () => {
  assert.is(
    complaintOf(good.replace('10.0.0.0/16', 'bad').replace('eu-west-1', 'eu-wst-1')),
    `envs/stage.yaml:3:9: region is "eu-wst-1", which AWS does not have
  next: did you mean eu-west-1?
envs/stage.yaml:10:9: stage: bad range`,
  );
});

test("a file that a layer's rules miss is one more problem", () => {
  const reading = layerOf({
    name: 'web',
    config: v.strictObject({}),
    check: (context: never) => {
      (context as { readFile: (path: string) => string }).readFile('services/apo.yaml');
      return [];
    },
    stacks: () => [],
  });
  const root = temporaryProject({
    'envs/stage.yaml': good.replace('eu-west-1', 'eu-wst-1'),
    'packages/web/services/api.yaml': '',
  });
  assert.is(
    complaint(() => readEnvironment({ root, name: 'stage', layers: [...layers, reading] })),
    `envs/stage.yaml:3:9: region is "eu-wst-1", which AWS does not have
  next: did you mean eu-west-1?
packages/web/services/apo.yaml: this file does not exist
  why: layer "web" reads it
  next: did you mean "services/api.yaml"? correct packages/web/layer.ts`,
  );
});

test('a layer may list its own files', () => {
  const root = temporaryProject({
    'envs/stage.yaml': good,
    'packages/network/list/b': '',
    'packages/network/list/a': '',
    'packages/network/list/c/d': '',
  });
  const context = readEnvironment({ root, name: 'stage', layers }).sections.get('network')?.context;
  assert.equal(context?.listFiles('list'), ['a', 'b']);
  assert.equal(context?.listFiles('nowhere'), []);
  assert.is(context?.pathOf('list/a'), 'packages/network/list/a');
  assert.is(
    complaint(() => context?.readFile('templates/x.yaml')),
    `packages/network/templates/x.yaml: this file does not exist
  why: layer "network" reads it
  next: write it, or correct packages/network/layer.ts`,
  );
});

test.run();
