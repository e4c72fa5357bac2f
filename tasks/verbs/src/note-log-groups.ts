import { addReturning, ensureLease } from '@roundtrip/engine';
import { ledgerPlace, withLedger } from './ledger-problem.ts';
import type { RunState } from './run-state.ts';
import type { Survey } from './survey-teardown.ts';

/**
 * Before the first delete the ledger learns the names of the stacks' log groups: whoever writes to one late makes it
 * again without a tag, and nothing else would say whose it is.
 */
export async function noteLogGroups(state: RunState, { stacks }: Survey): Promise<void> {
  const { command, open, context } = state;
  const { environment } = command;
  const groups = stacks.flatMap(({ stack, logGroups }) =>
    logGroups.map(({ logicalId, name }) => ({
      ...{ environment, stack, logicalId, resourceType: 'AWS::Logs::LogGroup', physicalId: name },
      ...{ reason: 'whoever writes to it late makes it again', run: context.run, at: context.clock.now() },
    })),
  );
  if (groups.length === 0) return;
  const what = `The log groups that this teardown takes away cannot be noted in ${ledgerPlace(open)}`;
  const why = 'whoever writes to one late makes it again, and nothing else would say whose it is';
  await withLedger(state, { what, why }, async () => {
    await ensureLease(context);
    await addReturning(open.bucket.ledger, context.clock, environment, groups);
  });
}
