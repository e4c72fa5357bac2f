import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One stack: how long it takes by itself on the local cloud, and which stacks of its layer come first. */
export interface SampleStack {
  readonly layer: string;
  /** Empty for a layer's only stack. */
  readonly name: string;
  readonly createSeconds: number;
  readonly deleteSeconds: number;
  readonly updateSeconds?: number;
  readonly dependsOn: readonly string[];
  /** Takes the layer's `setting` from the env file as a parameter: changing it updates this stack. */
  readonly hasSetting?: true;
  /** Stacks whose output `Id` it reads: `network`, or of a named stack `services/api`. */
  readonly reads?: readonly string[];
  /** AWS's reason why the local cloud lets the slow resource fail. */
  readonly fails?: { readonly create?: string; readonly update?: string; readonly delete?: string };
}

/** Bodies of hooks, by kind: `await context.$`true`;`. */
export type SampleHooks = Readonly<Partial<Record<'before-up' | 'after-up' | 'before-down' | 'after-down', string>>>;

export interface SampleShape {
  /** The layers that each layer depends on. */
  readonly layers: Readonly<Record<string, readonly string[]>>;
  readonly stacks: readonly SampleStack[];
  /** By layer. */
  readonly hooks?: Readonly<Record<string, SampleHooks>>;
}

/** Where the project's environment is. */
export const SAMPLE_ACCOUNT = '333333333333';
export const SAMPLE_REGION = 'eu-west-1';

/** Seconds of the longest chain of stacks along both graphs. */
export function criticalPathSeconds(shape: SampleShape, direction: 'up' | 'down'): number {
  const seconds = (stack: SampleStack): number => (direction === 'up' ? stack.createSeconds : stack.deleteSeconds);
  const ofLayer = (layer: string): readonly SampleStack[] => shape.stacks.filter((stack) => stack.layer === layer);
  const longest = (stack: SampleStack): number => {
    const before = ofLayer(stack.layer).filter((other) => stack.dependsOn.includes(other.name));
    return seconds(stack) + Math.max(0, ...before.map(longest));
  };
  const span = (layer: string): number => Math.max(0, ...ofLayer(layer).map(longest));
  const path = (layer: string): number => span(layer) + Math.max(0, ...(shape.layers[layer] ?? []).map(path));
  return Math.max(...Object.keys(shape.layers).map(path));
}

/**
 * Writes a whole project of that shape into an empty folder, with the tool's own scripts and its modules: what tests and
 * benchmarks run the verbs on, with ROUNDTRIP_ROOT set to the folder. Its one env file is `envs/<environment>.yaml`.
 * @param tool the checkout of the tool, absolute
 */
export function writeSampleProject(folder: string, tool: string, shape: SampleShape, environment: string): void {
  mkdirSync(join(folder, 'envs'), { recursive: true });
  symlinkSync(join(tool, 'node_modules'), join(folder, 'node_modules'));
  const json = (path: string, value: unknown): void =>
    writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
  json('package.json', {
    name: 'sample',
    private: true,
    packageManager: 'npm@11.19.1',
    workspaces: ['packages/*'],
  });
  const off = { cache: false };
  json('turbo.json', {
    ui: 'stream',
    noUpdateNotifier: true,
    globalPassThroughEnv: ['AWS_*', 'ROUNDTRIP_*', 'LOCAL_CLOUD_*', 'SPEED', 'CI', 'HOME'],
    tasks: { up: { ...off, dependsOn: ['^up'] }, down: off },
  });
  for (const [layer, dependsOn] of Object.entries(shape.layers)) writeLayer(folder, tool, shape, layer, dependsOn);
  writeFileSync(
    join(folder, 'envs', `${environment}.yaml`),
    `cloud: local\naccount: '${SAMPLE_ACCOUNT}'\nregion: ${SAMPLE_REGION}\nowner: nobody\nprotect: false\n`,
  );
}

function writeLayer(
  folder: string,
  tool: string,
  shape: SampleShape,
  layer: string,
  dependsOn: readonly string[],
): void {
  const base = join(folder, 'packages', layer);
  mkdirSync(join(base, 'dist'), { recursive: true });
  mkdirSync(join(base, 'templates'), { recursive: true });
  const script = join(tool, 'tasks/verbs/dist/layer.js');
  const manifest = {
    name: `@sample/${layer}`,
    version: '0.0.0',
    type: 'module',
    scripts: { up: `node ${script} up`, down: `node ${script} down` },
    dependencies: Object.fromEntries(dependsOn.map((name) => [`@sample/${name}`, '*'])),
  };
  writeFileSync(join(base, 'package.json'), JSON.stringify(manifest, null, 2));
  const dependents = Object.keys(shape.layers).filter(
    (other) => other !== 'destroy' && shape.layers[other]!.includes(layer),
  );
  const down = layer === 'destroy' ? ['^down'] : dependents.map((other) => `@sample/${other}#down`);
  const tasks = { down: { dependsOn: ['$TURBO_EXTENDS$', ...down] } };
  writeFileSync(join(base, 'turbo.json'), JSON.stringify({ extends: ['//'], tasks }, null, 2));
  const stacks = shape.stacks.filter((stack) => stack.layer === layer);
  for (const stack of stacks) writeSampleTemplate(folder, stack);
  writeFileSync(join(base, 'dist/layer.js'), layerModule(layer, stacks));
  for (const [kind, body] of Object.entries(shape.hooks?.[layer] ?? {})) writeSampleHook(folder, layer, kind, body);
}

/** Writes a stack's template, or writes it anew: a project changes while it is used. */
export function writeSampleTemplate(folder: string, stack: SampleStack): void {
  const path = join(folder, 'packages', stack.layer, templateOf(stack));
  writeFileSync(path, JSON.stringify(template(stack), null, 2));
}

/** Writes a layer's hook as it is after compilation; `body` is what it does with its `context`. */
export function writeSampleHook(folder: string, layer: string, kind: string, body: string): void {
  const hooks = join(folder, 'packages', layer, 'dist/hooks');
  mkdirSync(hooks, { recursive: true });
  writeFileSync(join(hooks, `${kind}.js`), `export default async (context) => {\n${body}\n};\n`);
}

/** A layer.ts as it is after compilation. */
function layerModule(layer: string, stacks: readonly SampleStack[]): string {
  const definitions = stacks.map((stack) => {
    const reads = (stack.reads ?? []).map((of, index) => [`Read${index}`, reference(of)]);
    const own = stack.hasSetting === true ? 'Setting: config.setting, ' : '';
    return `{ ...${JSON.stringify({
      ...(stack.name === '' ? {} : { name: stack.name }),
      template: templateOf(stack),
      dependsOn: stack.dependsOn,
    })}, parameters: { ${own}...${JSON.stringify(Object.fromEntries(reads))} } }`;
  });
  return [
    "import * as v from 'valibot';",
    'export default {',
    `  name: '${layer}',`,
    "  config: v.strictObject({ setting: v.optional(v.string(), 'first') }),",
    '  stacks: ({ config }) => [',
    ...definitions.map((definition) => `    ${definition},`),
    '  ],',
    '};',
    '',
  ].join('\n');
}

function reference(of: string): object {
  const [layer, stack] = of.split('/');
  return { layer, output: 'Id', ...(stack === undefined ? {} : { stack }) };
}

function templateOf(stack: SampleStack): string {
  return `templates/${stack.name || stack.layer}.json`;
}

/** One parameter that takes the stack's whole time, and seven that take none, as many resources as a small service has. */
function template(stack: SampleStack): object {
  const { create, update, delete: remove } = stack.fails ?? {};
  const slow = {
    ...timed(stack.createSeconds, stack.deleteSeconds),
    ...(stack.updateSeconds === undefined ? {} : { UpdateSeconds: stack.updateSeconds }),
    ...(create === undefined ? {} : { FailCreate: create }),
    ...(update === undefined ? {} : { FailUpdate: update }),
    ...(remove === undefined ? {} : { FailDelete: remove }),
  };
  const quick = Array.from({ length: 7 }, (_, index) => [`Quick${index}`, parameter(timed(0.1, 0.1), 'x')]);
  const reads = (stack.reads ?? []).map((_, index) => `Read${index}`);
  const names = [...(stack.hasSetting === true ? ['Setting'] : []), ...reads];
  const value = names.length === 0 ? 'x' : { 'Fn::Join': [' ', names.map((name) => ({ Ref: name }))] };
  return {
    Metadata: { 'Roundtrip::LocalCloud': { StackOverheadSeconds: 0 } },
    ...(names.length === 0 ? {} : { Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' }])) }),
    Resources: { Slow: parameter(slow, value), ...Object.fromEntries(quick) },
    Outputs: { Id: { Value: { Ref: 'Slow' } } },
  };
}

function timed(create: number, remove: number): object {
  return { CreateSeconds: create, DeleteSeconds: remove };
}

function parameter(hints: object, value: unknown): object {
  return {
    Type: 'AWS::SSM::Parameter',
    Metadata: { 'Roundtrip::LocalCloud': hints },
    Properties: { Type: 'String', Value: value },
  };
}
