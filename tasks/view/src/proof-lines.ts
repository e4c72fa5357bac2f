import { formatCount } from './format.ts';
import type { ProofThingView, ProofView } from './proof-view.ts';

/** What a sweep has found: each thing with what becomes of it and what it costs, and at last the proof or the sum. */
export function proofLines(view: ProofView): string[] {
  const { removed, resisted, removable, kept, going, left, stacks } = view;
  const standing = `${formatCount(stacks, 'stack')} of ${view.environment} ${stacks === 1 ? 'stands' : 'stand'}`;
  return [
    ...removed.map(({ name, why }) => `removed ${name}: ${why}`),
    ...resisted.map(({ name, why }) => `could not remove ${name}: ${why}`),
    ...removable.map((thing) => `would remove ${withCost(thing)}`),
    ...kept.map((thing) => `kept ${withCost(thing)}`),
    ...going.map((thing) => `going ${withCost(thing)}`),
    ...left.map((thing) => `left ${withCost(thing)}`),
    ...(stacks === 0 ? [] : [`${standing}: what ${stacks === 1 ? 'it holds' : 'they hold'} is not swept`]),
    ...closing(view),
  ];
}

function closing(view: ProofView): string[] {
  const { environment, place, removable, left, kept, going, stacks } = view;
  const paid = [...removable, ...left, ...kept, ...going];
  const cost = paid.length === 0 ? [] : [`${formatCount(paid.length, 'thing')}: ${costText(paid, view.prices)}`];
  if (removable.length + left.length > 0) return cost;
  if (stacks > 0) return [...cost, `nothing is left over beside the stacks of ${environment} in ${place}`];
  const but = [
    ...(kept.length === 0 ? [] : [`${kept.length} that the env file allows to stay`]),
    ...(going.length === 0 ? [] : [`${going.length} that AWS deletes by itself`]),
  ].join(' and ');
  const exception = but === '' ? '' : ` but ${but}`;
  const seen = 'no stack, no resource with its tag, none of its name, none in its ledger';
  return [...cost, `proof: nothing left of ${environment} in ${place}${exception}: ${seen}`];
}

/** `about 5.55 USD a month by us-east-1 list prices of 2026-11-21, 1 of them at an unknown price`. */
export function costText(
  things: readonly Pick<ProofThingView, 'monthlyUsd'>[],
  prices: { readonly region: string; readonly date: string },
): string {
  const known = things.flatMap(({ monthlyUsd }) => (monthlyUsd === undefined ? [] : [monthlyUsd]));
  if (known.length === 0) return `what ${things.length === 1 ? 'it costs' : 'they cost'} is unknown`;
  const sum = known.reduce((total, usd) => total + usd, 0);
  const unknown = things.length - known.length;
  const rest = unknown === 0 ? '' : `, ${unknown} of them at an unknown price`;
  return `${usd(sum)} by ${prices.region} list prices of ${prices.date}${rest}`;
}

function withCost({ name, why, monthlyUsd }: ProofThingView): string {
  return `${name}: ${why}; ${monthlyUsd === undefined ? 'price unknown' : usd(monthlyUsd)}`;
}

function usd(monthly: number): string {
  return monthly === 0 ? 'free of charge' : `about ${monthly.toFixed(2)} USD a month`;
}
