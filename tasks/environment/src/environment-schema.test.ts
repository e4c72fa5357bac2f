import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { environmentSchema } from './environment-schema.ts';
import { layerOf, removeTemporaryProjects, temporaryProject } from './temporary-project.ts';

test.after.each(removeTemporaryProjects);

const data = layerOf({
  name: 'data',
  config: v.strictObject({
    storageGb: v.optional(v.pipe(v.number(), v.minValue(20), v.metadata({ description: 'size of the disk' })), 20),
  }),
  limits: { storageGb: 500 },
  stacks: () => [],
});
const network = layerOf({ name: 'network', config: v.strictObject({ cidr: v.string() }), stacks: () => [] });

test("the schema holds the environment's own keys and a section for each layer", async () => {
  const schema = await environmentSchema([data, network]);
  const properties = schema.properties ?? {};
  assert.is(schema.$schema, 'http://json-schema.org/draft-07/schema#');
  assert.is(schema.additionalProperties, false);
  assert.equal(schema.required, ['cloud', 'account', 'region', 'owner', 'protect', 'network']);
  assert.equal(properties.account, {
    type: 'string',
    pattern: '^\\d{12}$',
    description: 'the twelve digits of the AWS account, quoted',
  });
  assert.equal(properties.data, {
    description: 'settings of layer "data"',
    type: 'object',
    properties: {
      storageGb: { type: 'number', minimum: 20, description: 'size of the disk', default: 20 },
      limits: {
        type: 'object',
        description: 'raises limits of the layer, where a value beyond one is meant',
        properties: {
          storageGb: {
            type: 'number',
            description: "largest value of storageGb here, in place of the layer's limit of 500",
          },
        },
        additionalProperties: false,
      },
    },
    required: [],
    additionalProperties: false,
  });
  assert.equal(properties.network, {
    description: 'settings of layer "network"',
    type: 'object',
    properties: { cidr: { type: 'string' } },
    required: ['cidr'],
    additionalProperties: false,
  });
});

test('the script writes the schema file and says when it is stale', () => {
  const valibot = import.meta.resolve('valibot');
  const root = temporaryProject({
    'envs/stage.yaml': '',
    'packages/web/package.json': '{"name": "@acme/web", "type": "module"}',
    'packages/web/layer.ts': '',
    'packages/web/dist/layer.js': `import * as v from '${valibot}';
export default { name: 'web', config: v.strictObject({ port: v.number() }), stacks: () => [] };`,
  });
  const file = join(root, 'envs/environment.schema.json');
  const run = (...flags: string[]) => {
    const script = fileURLToPath(new URL('write-schema.js', import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--root', root, ...flags], {
      encoding: 'utf8',
    });
    return { status, text: stdout + stderr };
  };
  const stale = (what: string) => `envs/environment.schema.json: ${what}
  why: editors check env files by it, and it is made from the config schemas in packages/*/layer.ts
  next: type: make sync
`;
  assert.equal(run('--check'), { status: 1, text: stale('the schema of the env files does not exist') });
  assert.not(existsSync(file));
  assert.equal(run(), { status: 0, text: 'wrote envs/environment.schema.json\n' });
  assert.ok(readFileSync(file, 'utf8').includes('"port"'));
  assert.equal(run('--check'), { status: 0, text: '' });
  assert.equal(run(), { status: 0, text: '' });
  writeFileSync(file, '{}');
  assert.equal(run('--check'), { status: 1, text: stale('this schema is not the one that the layers give') });
});

test('the script ends with 2 where the layers cannot be read', () => {
  const script = fileURLToPath(new URL('write-schema.js', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, '--root', temporaryProject({})], {
    encoding: 'utf8',
  });
  assert.is(status, 2);
  assert.is(stderr.split('\n')[0], 'packages/ has no layer');
});

test.run();
