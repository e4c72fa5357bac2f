import type { Judgement, Leftover, Swept } from '@roundtrip/engine';
import type { ProofThingView, ProofView } from '@roundtrip/view';
import { monthlyUsd, PRICES_READ } from './prices.ts';

/** What a sweep gave, as people see it: with prices, and without what belongs to stacks that stand. */
export function proofView(swept: Swept, where: { readonly environment: string; readonly place: string }): ProofView {
  const left = swept.left.filter(({ leftover }) => leftover.foundBy !== 'stack');
  const failed = new Set(swept.resisted.map(({ judgement }) => judgement.leftover.arn));
  const isRemovable = ({ verdict, leftover }: Judgement): boolean => verdict === 'remove' && !failed.has(leftover.arn);
  return {
    ...where,
    removed: swept.removed.map(thing),
    resisted: swept.resisted.map(({ judgement, reason }) => ({ ...thing(judgement), why: reason })),
    removable: left.filter(isRemovable).map(thing),
    kept: swept.allowed.map(thing),
    going: swept.going.map(thing),
    left: left.filter((one) => !isRemovable(one)).map(thing),
    stacks: swept.left.filter(({ leftover }) => isStack(leftover)).length,
    prices: PRICES_READ,
  };
}

function isStack({ type, foundBy }: Leftover): boolean {
  return foundBy === 'stack' && type === 'AWS::CloudFormation::Stack';
}

function thing({ leftover, verdict, why }: Judgement): ProofThingView {
  const usd = monthlyUsd(leftover);
  const next = verdict === 'stays' && leftover.next !== undefined ? `; type: ${leftover.next}` : '';
  return { name: leftover.arn, why: `${why}${next}`, ...(usd === undefined ? {} : { monthlyUsd: usd }) };
}
