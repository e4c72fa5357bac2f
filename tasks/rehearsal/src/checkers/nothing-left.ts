import { ENVIRONMENT } from '../desired.ts';
import type { Checker } from '../record.ts';

/** When a teardown says that it is done, nothing of the environment is there but what the ledger names. */
export const nothingLeft: Checker = ({ runs, sights }) => {
  const problems: string[] = [];
  for (const [act, { stacks, tagged, untagged, ledger }] of sights) {
    const ofAct = runs.filter((run) => run.act === act).sort((a, b) => a.endedAt - b.endedAt);
    const last = ofAct.at(-1);
    const isAlone = ofAct.every(({ verb }) => verb === 'down');
    if (last?.verb !== 'down' || last.outcome.kind !== 'done' || !isAlone) continue;
    for (const { name, environment, status } of stacks) {
      if (environment === ENVIRONMENT) problems.push(`${name} is ${status} after ${last.run} was done`);
    }
    for (const id of untagged) {
      if (!ledger.includes(id)) problems.push(`${id} is left after ${last.run} was done, and nobody knows of it`);
    }
    for (const arn of tagged) {
      if (!ledger.some((id) => arn.includes(id))) problems.push(`${arn} is left after ${last.run} was done`);
    }
  }
  return problems;
};
