import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One stack: how long it takes by itself on the local cloud, and which stacks of its layer come first. */
export interface SampleStack {
  readonly layer: string;
  /** Empty for a layer's only stack. */
  readonly name: string;
  readonly createSeconds: number;
  readonly deleteSeconds: number;
  readonly dependsOn: readonly string[];
}

export interface SampleShape {
  readonly layers: Readonly<Record<string, readonly string[]>>;
  readonly stacks: readonly SampleStack[];
}

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
  const json = (path: string, value: unknown): void => writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
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
    "cloud: local\naccount: '333333333333'\nregion: eu-west-1\nowner: nobody\nprotect: false\n",
  );
}

function writeLayer(folder: string, tool: string, shape: SampleShape, layer: string, dependsOn: readonly string[]): void {
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
  for (const stack of stacks) {
    writeFileSync(join(base, 'templates', `${stack.name || layer}.json`), JSON.stringify(template(stack)));
  }
  const definitions = stacks.map((stack) => ({
    ...(stack.name === '' ? {} : { name: stack.name }),
    template: `templates/${stack.name || layer}.json`,
    parameters: {},
    dependsOn: stack.dependsOn,
  }));
  writeFileSync(
    join(base, 'dist/layer.js'),
    `import * as v from 'valibot';\nexport default { name: '${layer}', config: v.strictObject({}), stacks: () => (${JSON.stringify(definitions)}) };\n`,
  );
}

/** One parameter that takes the stack's whole time, and seven that take none, as many resources as a small service has. */
function template(stack: SampleStack): object {
  const timed = (create: number, remove: number): object => ({
    'Roundtrip::LocalCloud': { CreateSeconds: create, DeleteSeconds: remove },
  });
  const parameter = (metadata: object): object => ({
    Type: 'AWS::SSM::Parameter',
    Metadata: metadata,
    Properties: { Type: 'String', Value: 'x' },
  });
  const quick = Object.fromEntries(
    Array.from({ length: 7 }, (_, index) => [`Quick${index}`, parameter(timed(0.1, 0.1))]),
  );
  return {
    Metadata: { 'Roundtrip::LocalCloud': { StackOverheadSeconds: 0 } },
    Resources: { Slow: parameter(timed(stack.createSeconds, stack.deleteSeconds)), ...quick },
    Outputs: { Id: { Value: { Ref: 'Slow' } } },
  };
}
