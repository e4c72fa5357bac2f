export { ACCOUNT_RATE, AWS_POLLING, rateAtSpeed } from './account-pace.ts';
export { isKnownReady } from './await-ready.ts';
export type { Readiness } from './await-ready.ts';
export { conduct, conductSweep } from './conduct.ts';
export type { ConductPorts, Orders, RunOutcome } from './conduct.ts';
export type { Blocker, Blockers, MayWrite, StuckResource } from './blockers.ts';
export type { Collisions } from './collisions.ts';
export { createExpectations } from './expectations.ts';
export type { Expectations } from './expectations.ts';
export { execute, isGood } from './execute.ts';
export { inTurn, isRemoval, removalsLast } from './removals.ts';
export type { StepResult } from './execute.ts';
export { classOfError, classOfReason, isPassing } from './failure-class.ts';
export type { FailureClass } from './failure-class.ts';
export { fingerprint, tagsWithFingerprint } from './fingerprint.ts';
export { Gate } from './gate.ts';
export type { FailedResource, Witness } from './inquest.ts';
export type {
  Direction,
  FailureEvidence,
  HookKind,
  JournalEntry,
  JournalEvent,
  LayerNode,
  LayerOutcome,
  StepKind,
  StepOutcome,
} from './journal-event.ts';
export { chainedLine, checkChain, eventOf } from './journal-chain.ts';
export type { ChainCheck } from './journal-chain.ts';
export { LEASE_TIMES, Lease, LeaseHeld, LeaseLost, takeLease } from './lease.ts';
export type { LeaseDocument, LeaseHolder, LeaseOptions, LeaseStore, LeaseTimes, StoredLease } from './lease.ts';
export { addOrphans, addReturning, readOrphans, strikeOrphans } from './ledger.ts';
export type { LedgerStore, Orphan } from './ledger.ts';
export { journalStates } from './observe-run.ts';
export { patiently } from './patiently.ts';
export { decideUp, HALF_DELETED, planDown, planUp } from './plan.ts';
export type { IsReady, PlanInput, Step } from './plan.ts';
export { Poller } from './poller.ts';
export type { PollerOptions, StackMap } from './poller.ts';
export { CloudError } from './ports.ts';
export type {
  Clock,
  CloudErrorKind,
  DeleteManner,
  Journal,
  StackCloud,
  StackContent,
  StackEvent,
  StackWrite,
} from './ports.ts';
export { ensureLease, mayWrite } from './operation.ts';
export { RateBudget } from './rate-budget.ts';
export type { CallKind, Rate, RateBudgetOptions, Rates } from './rate-budget.ts';
export type { GatedResource, ReadinessProbe, ReadyMemory, ResourceState } from './readiness-probe.ts';
export { ReadinessWatch } from './readiness-watch.ts';
export type { WatchOptions } from './readiness-watch.ts';
export type { Diagnose, RunContext } from './run-context.ts';
export { RunTrouble, runTrouble } from './run-trouble.ts';
export { outermostIn, resolveStack, TAG } from './stack.ts';
export type { DesiredStack, ObservedStack, ResolvedStack, StackOutput } from './stack.ts';
export { statusClass } from './status.ts';
export { isNamedAfter, judgeLeftovers } from './leftover.ts';
export type { Judgement, Leftover } from './leftover.ts';
export { createVirtualClock } from './virtual-clock.ts';
export type { VirtualClock } from './virtual-clock.ts';
export { sweepEnvironment } from './sweep.ts';
export type { Remains, SweepInput, Swept } from './sweep.ts';
