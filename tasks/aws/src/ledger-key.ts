/** Where the ledger of an environment is in the bucket. */
export function ledgerKey(environment: string): string {
  return `ledgers/${environment}.json`;
}

/** The code of the CloudError for a ledger that no run has written. */
export const LEDGER_GARBAGE = 'LedgerGarbage';
