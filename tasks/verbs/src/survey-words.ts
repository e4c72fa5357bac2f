import type { Blocker } from '@roundtrip/engine';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import { formatCount } from '@roundtrip/view';
import type { Survey, SurveyedStack } from './survey-teardown.ts';

/** Stacks of a layer that are named; a layer may have hundreds. */
const NAMES_MAX = 12;

/** What a teardown will take away, in the order of its deletes, what stays of it, and what it clears away on its way. */
export function surveyWords({ stacks, blockers, unseen }: Survey): string[] {
  const layers = [...new Set(stacks.map(({ layer }) => layer))];
  return [
    `${formatCount(stacks.length, 'stack')} with ${countText(stacks)} ${stacks.length === 1 ? 'goes' : 'go'}`,
    ...layers.map((layer, index) => layerWords(layer, index + 1, stacks)),
    ...stacks.flatMap((stack) => stack.leaves.map(({ logicalId, policy }) => leavesWords(stack, logicalId, policy))),
    ...blockers.filter((one) => !isForPeople(one)).map((one) => `will be cleared: ${one.what} (${one.stack})`),
    ...unseen.map((one) => `not looked into: ${one}`),
  ];
}

function layerWords(layer: string, place: number, all: readonly SurveyedStack[]): string {
  const stacks = all.filter((one) => one.layer === layer);
  const names = stacks.slice(0, NAMES_MAX).map(({ stack, resources = '?' }) => `${stack} (${resources})`);
  const more = stacks.length > NAMES_MAX ? ` and ${stacks.length - NAMES_MAX} more` : '';
  return `${place}. ${layer}: ${names.join(', ')}${more}`;
}

function countText(stacks: readonly SurveyedStack[]): string {
  const sum = stacks.reduce((total, { resources = 0 }) => total + resources, 0);
  const unread = stacks.filter(({ resources }) => resources === undefined).length;
  return `${formatCount(sum, 'resource')}${unread === 0 ? '' : ` (${formatCount(unread, 'stack')} not counted)`}`;
}

function leavesWords({ stack }: SurveyedStack, logicalId: string, policy: string): string {
  return policy === 'Snapshot'
    ? `a snapshot stays of ${logicalId} of ${stack} (DeletionPolicy Snapshot)`
    : `${logicalId} of ${stack} stays in the account (DeletionPolicy ${policy})`;
}

function isForPeople(blocker: Blocker): boolean {
  return 'next' in blocker.remedy;
}

/**
 * What only a person may clear away stops a teardown before its first delete.
 * @throws ProblemError, exit code 3, with all of it at once
 */
export function guardBlockers(blockers: readonly Blocker[]): void {
  const problems = blockers.flatMap(({ what, stack, remedy }): Problem[] =>
    'next' in remedy
      ? [
          {
            code: 'teardown-blocked',
            what: `Refused: ${what} (stack ${stack})`,
            why: 'the teardown would stop there with part of the environment gone; so far nothing has been deleted',
            next: remedy.next,
          },
        ]
      : [],
  );
  if (problems.length > 0) throw new ProblemError(problems, EXIT.refused);
}
