import type { OperationType } from '@aws-sdk/client-cloudformation';
import type { Realm, Table, World } from '../../world.ts';

/** An operation that somebody has asked a stack for; its phases share it. */
export interface StackOperation {
  readonly type: OperationType;
  readonly id: string;
}

/** Which stack an operation was asked of. */
export function operationStacks(world: World, realm: Realm): Table<{ readonly stackId: string }> {
  return world.table('cloudformation.operation', realm);
}
