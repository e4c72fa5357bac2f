import type { CloudError, Journal, JournalEntry } from '@roundtrip/engine';

type Stopped = Omit<Extract<JournalEntry, { readonly type: 'stopped' }>, 'type'>;

export interface RunStop {
  /** Aborted by the first `stop`. */
  readonly signal: AbortSignal;
  /** Nothing new is started, and the journal says why; the first call counts. */
  stop(why: Stopped): void;
}

/** Ends a run in good order for what is no stack's own trouble, as a signal does. */
export function createRunStop(journal: Journal): RunStop {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    stop(why) {
      if (controller.signal.aborted) return;
      controller.abort(new Error(`stopped: ${why.what}`));
      journal.write({ type: 'stopped', ...why });
    },
  };
}

/** @param make what to type to go on: `make stage` */
export function accountStop(trouble: CloudError, make: string): Stopped {
  const reason = `${trouble.message} (${trouble.code})`;
  if (trouble.kind === 'credentials') {
    return {
      code: 'credentials-ended',
      what: 'AWS no longer takes these credentials, and asking for new ones has not helped',
      reason,
      next: `sign in again (for instance: aws sso login), then type: ${make}`,
    };
  }
  if (trouble.kind === 'denied') {
    return {
      code: 'account-denied',
      what: 'AWS no longer lets this run work in the account',
      reason,
      next: `ask whoever looks after the account and its policies, then type: ${make}`,
    };
  }
  return {
    code: 'account-unseen',
    what: 'the account can no longer be looked at',
    reason,
    next: `type again: ${make}`,
  };
}

export function journalStop(lost: Error, file: string, make: string): Stopped {
  return {
    code: 'journal-lost',
    what: `${file} takes no more, and what is not in the journal is not done`,
    reason: lost.message,
    next: `make room there, then type: ${make}`,
  };
}

/** A fault of this tool ends a run whose journal is still to be finished: that says why. */
export function journalFault(error: unknown, journal: Journal): Error {
  const fault = error instanceof Error ? error : new RangeError(String(error));
  journal.write({ type: 'notice', text: `unexpected: ${fault.message}` });
  return fault;
}
