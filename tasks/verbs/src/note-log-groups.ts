import { addReturning } from '@roundtrip/engine';
import type { RunState } from './run-state.ts';
import type { Survey } from './survey-teardown.ts';

/**
 * Before the first delete the ledger learns the names of the stacks' log groups: whoever writes to one late makes it
 * again without a tag, and nothing else would say whose it is.
 */
export async function noteLogGroups({ command, open, context }: RunState, { stacks }: Survey): Promise<void> {
  const { environment } = command;
  const groups = stacks.flatMap(({ stack, logGroups }) =>
    logGroups.map(({ logicalId, name }) => ({
      ...{ environment, stack, logicalId, resourceType: 'AWS::Logs::LogGroup', physicalId: name },
      ...{ reason: 'whoever writes to it late makes it again', run: context.run, at: context.clock.now() },
    })),
  );
  if (groups.length === 0) return;
  await context.lease?.ensure();
  await addReturning(open.bucket.ledger, context.clock, environment, groups);
}
