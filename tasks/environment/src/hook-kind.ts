/** The moments at which a layer may run a hook, which are also the names of the hooks' files. */
export const HOOK_KINDS = ['before-up', 'after-up', 'before-down', 'after-down'] as const;

export type HookKind = (typeof HOOK_KINDS)[number];
