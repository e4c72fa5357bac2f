import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One stack of the benchmark: how long it takes by itself, and which stacks of its layer come first. */
export interface BenchStack {
  readonly layer: string;
  /** Empty for a layer's only stack. */
  readonly name: string;
  readonly createSeconds: number;
  readonly deleteSeconds: number;
  readonly dependsOn: readonly string[];
}

export interface BenchShape {
  readonly layers: Readonly<Record<string, readonly string[]>>;
  readonly stacks: readonly BenchStack[];
}

/** Depth of the services' own graph, and what each level takes. */
const LEVELS = [
  { createSeconds: 14, deleteSeconds: 8 },
  { createSeconds: 12, deleteSeconds: 7 },
  { createSeconds: 11, deleteSeconds: 6 },
  { createSeconds: 9, deleteSeconds: 5 },
] as const;

/**
 * Network, cluster, data, Jenkins and `services` services in four levels: the critical path is network, cluster and
 * one service of each level, 91 s up and 51 s down whatever the number of services.
 */
export function benchShape(services: number): BenchShape {
  const one = (layer: string, createSeconds: number, deleteSeconds: number): BenchStack => ({
    layer,
    name: '',
    createSeconds,
    deleteSeconds,
    dependsOn: [],
  });
  const each = Array.from({ length: services }, (_, index): BenchStack => {
    const level = index % LEVELS.length;
    // The first service of a level takes the whole time, the others a little less, so that ends do not coincide.
    const share = 1 - ((index >> 2) % 7) * 0.06;
    const { createSeconds, deleteSeconds } = LEVELS[level]!;
    return {
      layer: 'services',
      name: `s${index}`,
      createSeconds: createSeconds * share,
      deleteSeconds: deleteSeconds * share,
      dependsOn: level === 0 ? [] : [`s${index - 1}`],
    };
  });
  return {
    layers: {
      network: [],
      cluster: ['network'],
      data: ['network'],
      jenkins: ['cluster', 'network'],
      services: ['cluster', 'data', 'network'],
      destroy: ['cluster', 'data', 'jenkins', 'network', 'services'],
    },
    stacks: [one('network', 20, 10), one('cluster', 25, 15), one('data', 22, 14), one('jenkins', 18, 9), ...each],
  };
}

/** Seconds of the longest chain of stacks along both graphs. */
export function criticalPathSeconds(shape: BenchShape, direction: 'up' | 'down'): number {
  const seconds = (stack: BenchStack): number => (direction === 'up' ? stack.createSeconds : stack.deleteSeconds);
  const ofLayer = (layer: string): readonly BenchStack[] => shape.stacks.filter((stack) => stack.layer === layer);
  const longest = (stack: BenchStack): number => {
    const before = ofLayer(stack.layer).filter((other) => stack.dependsOn.includes(other.name));
    return seconds(stack) + Math.max(0, ...before.map(longest));
  };
  const span = (layer: string): number => Math.max(0, ...ofLayer(layer).map(longest));
  const path = (layer: string): number => span(layer) + Math.max(0, ...(shape.layers[layer] ?? []).map(path));
  return Math.max(...Object.keys(shape.layers).map(path));
}

/** Writes a whole project of that shape into an empty folder, with the tool's own scripts and its modules. */
export function writeBenchProject(folder: string, tool: string, shape: BenchShape): void {
  mkdirSync(join(folder, 'envs'), { recursive: true });
  symlinkSync(join(tool, 'node_modules'), join(folder, 'node_modules'));
  const json = (path: string, value: unknown): void => writeFileSync(join(folder, path), `${JSON.stringify(value, null, 2)}\n`);
  json('package.json', {
    name: 'bench',
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
    join(folder, 'envs/bench.yaml'),
    "cloud: local\naccount: '333333333333'\nregion: eu-west-1\nowner: bench\nprotect: false\n",
  );
}

function writeLayer(folder: string, tool: string, shape: BenchShape, layer: string, dependsOn: readonly string[]): void {
  const base = join(folder, 'packages', layer);
  mkdirSync(join(base, 'dist'), { recursive: true });
  mkdirSync(join(base, 'templates'), { recursive: true });
  const script = join(tool, 'tasks/verbs/dist/layer.js');
  const manifest = {
    name: `@bench/${layer}`,
    version: '0.0.0',
    type: 'module',
    scripts: { up: `node ${script} up`, down: `node ${script} down` },
    dependencies: Object.fromEntries(dependsOn.map((name) => [`@bench/${name}`, '*'])),
  };
  writeFileSync(join(base, 'package.json'), JSON.stringify(manifest, null, 2));
  const dependents = Object.keys(shape.layers).filter(
    (other) => other !== 'destroy' && shape.layers[other]!.includes(layer),
  );
  const down = layer === 'destroy' ? ['^down'] : dependents.map((other) => `@bench/${other}#down`);
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
function template(stack: BenchStack): object {
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
