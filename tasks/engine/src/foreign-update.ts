import type { StepKind } from './journal-event.ts';
import type { ObservedStack } from './stack.ts';

/** Somebody else has updated a stack while the run waited for its own operation on it. */
export class ForeignUpdate extends Error {
  constructor(stack: string) {
    super(`${stack} was updated by somebody else while this run waited for it`);
    this.name = 'ForeignUpdate';
  }
}

/**
 * Follows a stack through the sweeps of one operation. Two signs show that another update came after the run's own: a
 * stack that is being created cannot be updated before it is complete, and an update keeps the time of its beginning
 * (`LastUpdatedTime`) until the next one.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html
 */
export class UpdateWatch {
  readonly #kind: StepKind;
  readonly #beforeAt: number | undefined;
  #ownAt: number | undefined;
  #foreign = false;

  /** @param before how the stack was when the run's own operation was sent */
  constructor(kind: StepKind, before: ObservedStack | undefined) {
    this.#kind = kind;
    this.#beforeAt = before?.updatedAt;
  }

  see({ status, updatedAt }: ObservedStack): void {
    if (this.#kind === 'create') this.#foreign ||= status.startsWith('UPDATE_');
    if (this.#kind !== 'update' || updatedAt === this.#beforeAt) return;
    if (status === 'UPDATE_IN_PROGRESS') this.#ownAt ??= updatedAt;
    this.#foreign ||= this.#ownAt !== undefined && updatedAt !== this.#ownAt && !status.includes('ROLLBACK');
  }

  /** Whether the end that was seen is another update's. */
  isForeign({ status }: ObservedStack): boolean {
    return this.#foreign && (this.#kind === 'create' || status === 'UPDATE_COMPLETE');
  }
}
