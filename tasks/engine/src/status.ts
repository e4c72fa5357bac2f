/**
 * What each stack status means to a run.
 * Source: CloudFormation user guide, "Stack status codes".
 */
export type StatusClass =
  /** Complete; can be updated. */
  | 'complete'
  /** Something is going on; wait for its end. */
  | 'in-progress'
  /** Can only be deleted; nothing in it was ever complete. */
  | 'dead'
  /** An update's rollback got stuck: ContinueUpdateRollback first. */
  | 'rollback-stuck'
  /** An update stopped where it failed (rollback disabled): update again. */
  | 'update-failed'
  /** A delete got stuck: delete again. */
  | 'delete-failed'
  /** Nothing that a run may do on its own. */
  | 'foreign';

const CLASS: Readonly<Record<string, StatusClass>> = {
  CREATE_COMPLETE: 'complete',
  UPDATE_COMPLETE: 'complete',
  UPDATE_ROLLBACK_COMPLETE: 'complete',
  IMPORT_COMPLETE: 'complete',
  IMPORT_ROLLBACK_COMPLETE: 'complete',
  CREATE_FAILED: 'dead',
  ROLLBACK_COMPLETE: 'dead',
  ROLLBACK_FAILED: 'dead',
  REVIEW_IN_PROGRESS: 'dead',
  UPDATE_FAILED: 'update-failed',
  UPDATE_ROLLBACK_FAILED: 'rollback-stuck',
  DELETE_FAILED: 'delete-failed',
  IMPORT_ROLLBACK_FAILED: 'foreign',
};

export function statusClass(status: string): StatusClass {
  const known = CLASS[status];
  if (known !== undefined) return known;
  return status.endsWith('_IN_PROGRESS') ? 'in-progress' : 'foreign';
}

/** True for the one status in which an operation of that kind has succeeded; every `*ROLLBACK_COMPLETE` is a failure. */
export function succeeded(operation: 'create' | 'update' | 'continue-rollback', status: string): boolean {
  switch (operation) {
    case 'create':
      return status === 'CREATE_COMPLETE';
    case 'update':
      return status === 'UPDATE_COMPLETE';
    case 'continue-rollback':
      return status === 'UPDATE_ROLLBACK_COMPLETE';
  }
}
