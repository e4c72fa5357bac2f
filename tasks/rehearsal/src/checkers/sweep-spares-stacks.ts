import type { Checker } from '../record.ts';

/** A sweep takes nothing away that a stack which stands has made. */
export const sweepSparesStacks: Checker = ({ runs, sights }) => {
  const problems: string[] = [];
  for (const [act, after] of sights) {
    const before = sights.get(act - 1);
    const ofAct = runs.filter((run) => run.act === act);
    if (before === undefined || !ofAct.every(({ verb }) => verb === 'sweep')) continue;
    const standing = before.stacks.filter(({ status }) => /^(?:CREATE|UPDATE)_COMPLETE$/.test(status));
    for (const { name } of standing) {
      const group = `/${name}`;
      if (before.groups.includes(group) && !after.groups.includes(group)) {
        problems.push(`${group} of ${name}, which stands, is gone after a sweep`);
      }
      if (!after.stacks.some((stack) => stack.name === name)) problems.push(`${name} is gone after a sweep`);
    }
  }
  return problems;
};
