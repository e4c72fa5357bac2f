import type { CallKind, HookKind } from '@roundtrip/engine';
import type { HookContext } from '@roundtrip/environment';

/** What a hook gets, as far as it can be sent to another process. */
export type HookInput = Omit<HookContext, '$' | 'aws' | 'log' | 'sleep' | 'beforeWrite'> & {
  readonly aws: Omit<HookContext['aws'], 'pace'>;
};

/** From a layer's process to the run that it belongs to; one JSON object a line. */
export type LayerMessage =
  | { readonly type: 'hello'; readonly layer: string; readonly task: string; readonly environment?: string }
  | { readonly type: 'hook-output'; readonly line: string }
  | { readonly type: 'hook-finished'; readonly error?: string }
  /** A hook would call CloudFormation; answered with `call-may-go` of the same number. */
  | { readonly type: 'call-waits'; readonly number: number; readonly kind: CallKind }
  | { readonly type: 'call-throttled'; readonly kind: CallKind }
  /** A hook would change something; answered with `write-may-go` of the same number. */
  | { readonly type: 'write-waits'; readonly number: number; readonly resource: string; readonly operation: string };

/** From the run to a layer's process. */
export type ConductorMessage =
  | { readonly type: 'run-hook'; readonly hook: HookKind; readonly module: string; readonly input: HookInput }
  | { readonly type: 'call-may-go'; readonly number: number }
  /** With the reason where it may not. */
  | { readonly type: 'write-may-go'; readonly number: number; readonly refusal?: string }
  | { readonly type: 'finished'; readonly exitCode: number; readonly text?: string };
