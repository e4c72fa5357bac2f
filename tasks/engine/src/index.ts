export type {
  Direction,
  HookKind,
  JournalEntry,
  JournalEvent,
  LayerNode,
  LayerOutcome,
  StepKind,
  StepOutcome,
} from './journal-event.ts';
