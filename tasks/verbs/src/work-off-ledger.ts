import { createRemains } from '@roundtrip/aws';
import { mayWrite, readOrphans, sweepEnvironment } from '@roundtrip/engine';
import { ledgerPlace, withLedger } from './ledger-problem.ts';
import { neighbours } from './neighbours.ts';
import { retained } from './retained.ts';
import { noteRemoval } from './note-removal.ts';
import type { RunState } from './run-state.ts';

/** Before a rebuild: what an earlier teardown had to leave in the account may bear the names that are wanted again. */
export async function workOffLedger(state: RunState): Promise<void> {
  const what = 'What a teardown has left cannot be worked off';
  const why = `it stands in ${ledgerPlace(state.open)} and may bear the names that are wanted again`;
  await withLedger(state, { what, why }, () => workOff(state));
}

async function workOff({ command, open, context, journal }: RunState): Promise<void> {
  const { environment } = command;
  const { clock, signal } = context;
  const { ledger } = open.bucket;
  if ((await readOrphans(ledger, clock, environment)).length === 0) return;
  const { removed, resisted, left } = await sweepEnvironment({
    ...{ environment, retain: retained(open.environment), layers: [], ledger, clock, onlyLedger: true },
    ...neighbours([...context.poller.latest.values()], environment),
    remains: createRemains({
      ...{
        settings: open.settings,
        account: open.environment.facts.account,
        stacks: open.cloud,
        counter: open.counter,
      },
      sleep: (ms) => clock.sleep(ms, signal),
    }),
    mayWrite: () => mayWrite(context),
    removing: noteRemoval(journal, context.run),
  });
  for (const { leftover } of removed)
    journal.write({ type: 'notice', text: `removed ${leftover.arn}, left by a teardown` });
  for (const { judgement, reason } of resisted) {
    journal.write({
      type: 'notice',
      text: `could not remove ${judgement.leftover.arn}, left by a teardown: ${reason}`,
    });
  }
  for (const { leftover, verdict, why } of left) {
    if (verdict !== 'stays') continue;
    const next = leftover.next === undefined ? '' : `; type: ${leftover.next}`;
    journal.write({ type: 'notice', text: `${leftover.arn} is still in the ledger: ${why}${next}` });
  }
}
