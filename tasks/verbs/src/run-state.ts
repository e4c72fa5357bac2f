import type { RunContext, Step } from '@roundtrip/engine';
import type { Command } from './command.ts';
import type { HookState } from './hook-state.ts';
import type { JournalFile } from './journal-file.ts';
import type { OpenEnvironment } from './open-environment.ts';

/** What the parts of one run share. */
export interface RunState {
  readonly command: Command;
  readonly open: OpenEnvironment;
  readonly journal: JournalFile;
  readonly context: RunContext;
  readonly hookState: HookState;
  /** Writes a `step-planned` entry for each step that is new or differs from what was announced before. */
  announce(layer: string, steps: readonly Step[]): void;
}
