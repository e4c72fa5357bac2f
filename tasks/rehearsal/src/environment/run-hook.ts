import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StackMap } from '@roundtrip/engine';
import type { Hook, HookAwsConfig, HookContext, HookKind, Layer } from '@roundtrip/environment';
import type { Project } from './project.ts';
import type { SimulatedAccount } from './simulated-account.ts';

export interface HookOrder {
  readonly project: Project;
  readonly account: SimulatedAccount;
  readonly aws: HookAwsConfig;
  readonly layer: Layer;
  readonly kind: HookKind;
  readonly stacks: StackMap;
  readonly signal: AbortSignal;
}

/** How a hook ended; `left-out` where it wanted a shell, which would act on the real world. */
export type HookEnd = { readonly kind: 'done' | 'left-out' } | { readonly kind: 'failed'; readonly why: string };

/**
 * Runs a layer's hook in this process, with SDK settings that lead to the simulated account and sleeps on its clock.
 * What a hook does past its context it does for real.
 */
export async function runHook(order: HookOrder): Promise<HookEnd> {
  const { project, account, layer, kind } = order;
  const path = join(project.root, layer.folder, 'dist/hooks', `${kind}.js`);
  let wantedShell = false;
  const shell = (): never => {
    wantedShell = true;
    throw new NoShell();
  };
  try {
    const hook = await account.hold(async () => (await import(pathToFileURL(path).href)) as { readonly default: Hook });
    await hook.default(contextOf(order, shell));
    return { kind: wantedShell ? 'left-out' : 'done' };
  } catch (error) {
    if (wantedShell) return { kind: 'left-out' };
    return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

class NoShell extends Error {
  constructor() {
    super('a rehearsal starts no commands');
    this.name = 'NoShell';
  }
}

function contextOf({ project, account, aws, layer, stacks, signal }: HookOrder, shell: () => never): HookContext {
  const visible = [layer.name, ...layer.dependsOn].flatMap((name) => project.desired.get(name) ?? []);
  const seen = visible.flatMap(({ name }) => stacks.get(name) ?? []);
  return {
    root: project.root,
    environment: project.environment.facts,
    layer: layer.name,
    config: project.environment.sections.get(layer.name)?.config,
    outputs: Object.fromEntries(seen.map(({ name, outputs }) => [name, outputs])),
    aws,
    $: shell,
    log: () => undefined,
    beforeWrite: async () => signal.throwIfAborted(),
    sleep: (ms) => account.clock.sleep(ms, signal),
  };
}
