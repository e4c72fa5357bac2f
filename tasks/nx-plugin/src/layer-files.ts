/** The files of a new layer: path inside its folder and text, in no need of an edit before they build. */
export function layerFiles(name: string, dependsOn: readonly string[]): [path: string, text: string][] {
  return [
    ['package.json', json(manifest(name, dependsOn))],
    ['tsconfig.json', json(TSCONFIG)],
    ['layer.ts', layerModule(name, dependsOn)],
    ['layer.test.ts', layerTest(name)],
    [`templates/${name}.yaml`, template(name)],
    ['README.md', readme(name, dependsOn)],
  ];
}

const TSCONFIG = {
  extends: '../../tsconfig.base.json',
  compilerOptions: { rootDir: '.' },
  include: ['*.ts', 'hooks', 'src'],
  references: [{ path: '../../tasks/environment' }, { path: '../../tasks/problem' }],
};

function manifest(name: string, dependsOn: readonly string[]): object {
  const verb = 'node ../../tasks/verbs/dist/layer.js';
  const workspaces = ['environment', 'problem', ...dependsOn]
    .sort()
    .map((workspace) => [`@roundtrip/${workspace}`, '*']);
  return {
    name: `@roundtrip/${name}`,
    version: '0.1.0',
    private: true,
    license: 'MIT',
    type: 'module',
    exports: { './layer': { types: './dist/layer.d.ts', default: './dist/layer.js' } },
    scripts: {
      stage: `${verb} stage --env stage`,
      prod: `${verb} prod --env prod`,
      'destroy-stage': `${verb} destroy-stage --env stage`,
      up: `${verb} up`,
      down: `${verb} down`,
    },
    dependencies: { ...Object.fromEntries(workspaces), valibot: '^1.5.0' },
  };
}

function layerModule(name: string, dependsOn: readonly string[]): string {
  const example = dependsOn[0] ?? 'network';
  const hint = dependsOn.length > 0 ? `An output of ${dependsOn.join(' or ')}` : 'An output of a layer in package.json';
  return `import { defineLayer } from '@roundtrip/environment';
import * as v from 'valibot';

/** The section \`${name}:\` of an env file. */
const config = v.strictObject({
  logRetentionDays: v.pipe(
    v.optional(v.picklist([1, 7, 14, 30, 90, 365]), 14),
    v.metadata({ description: 'Days that log lines are kept' }),
  ),
});

export default defineLayer({
  name: '${name}',
  config,
  stacks: ({ config }) => [
    {
      template: 'templates/${name}.yaml',
      // ${hint} becomes a parameter through \`output('${example}', 'NameOfTheOutput')\`.
      parameters: { LogRetentionDays: String(config.logRetentionDays) },
    },
  ],
});
`;
}

function layerTest(name: string): string {
  return `import * as assert from 'uvu/assert';
import { test } from 'uvu';
import * as v from 'valibot';
import layer from './layer.ts';

test('an empty section is enough', () => {
  assert.equal(v.parse(layer.config, {}), { logRetentionDays: 14 });
});

test('a retention that CloudWatch Logs does not offer is refused', () => {
  assert.is(v.safeParse(layer.config, { logRetentionDays: 15 }).success, false);
});

test('the layer is called as its folder', () => {
  assert.is(layer.name, '${name}');
});

test.run();
`;
}

function template(name: string): string {
  return `AWSTemplateFormatVersion: '2010-09-09'
Description: What the layer ${name} is for, in one sentence
Parameters:
  LogRetentionDays:
    Type: Number
    Description: Days that log lines are kept
Resources:
  LogGroup:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Delete
    UpdateReplacePolicy: Delete
    Properties:
      LogGroupName: !Sub /\${AWS::StackName}
      RetentionInDays: !Ref LogRetentionDays
Outputs:
  LogGroupName:
    Description: Log group that everything in this layer writes to
    Value: !Ref LogGroup
`;
}

function readme(name: string, dependsOn: readonly string[]): string {
  const above = dependsOn.length > 0 ? `Built upon ${dependsOn.join(', ')}.` : 'Built upon nothing.';
  return `# ${name}

What this layer is for, in one sentence. ${above}

| file                     | holds                                                  |
| ------------------------ | ------------------------------------------------------ |
| \`layer.ts\`               | what an env file may set, and the stacks that follow   |
| \`templates/${name}.yaml\` | the stack, plain CloudFormation                        |
| \`package.json\`           | the layers below: its dependencies are the layer graph |

To see what it would build: \`make plan-stage\`.
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
