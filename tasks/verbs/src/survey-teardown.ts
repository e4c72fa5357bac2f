import { createBlockers } from '@roundtrip/aws';
import { CloudError, Gate, outermostIn, patiently } from '@roundtrip/engine';
import type { Blocker, ObservedStack, StackMap, Step } from '@roundtrip/engine';
import { ProblemError } from '@roundtrip/problem';
import { expandWith, leftBehind, parseTemplate } from '@roundtrip/template';
import { accessProblem } from './access-problem.ts';
import { knownTemplates } from './known-templates.ts';
import type { OpenEnvironment } from './open-environment.ts';
import { evaluateSide, secretParameters, type Resources } from './plan/evaluate-side.ts';
import { realClock } from './real-clock.ts';

/** A resource that stays when its stack is deleted. */
export interface Leaving {
  readonly logicalId: string;
  /** `Retain`, `RetainExceptOnCreate`, or `Snapshot`: of that one a snapshot stays. */
  readonly policy: string;
}

export interface SurveyedStack {
  readonly stack: string;
  readonly layer: string;
  /** What its template makes; undefined where that was not read. */
  readonly resources?: number;
  readonly leaves: readonly Leaving[];
  /** Log groups that go with it, and that whoever writes late makes again. */
  readonly logGroups: readonly { readonly logicalId: string; readonly name: string }[];
}

/** What a teardown would take away, and what is in its way. */
export interface Survey {
  /** In the order in which they go. */
  readonly stacks: readonly SurveyedStack[];
  readonly blockers: readonly Blocker[];
  /** What could not be looked at, with the reason. */
  readonly unseen: readonly string[];
}

/** Stacks whose templates are asked for; those that are as the files want them cost no call. */
const TEMPLATES_MAX = 40;
/** Stacks that are looked into for what is in the way, and how many at once. */
const STACKS_MAX = 100;
const LOOKS_AT_ONCE = 8;

/**
 * The dry run of a teardown: reads only.
 * @param steps the plan, by layer, in the order of the run
 * @throws ProblemError where the account gives no answer
 */
export async function surveyTeardown(
  open: OpenEnvironment,
  steps: ReadonlyMap<string, readonly Step[]>,
  observed: StackMap,
): Promise<Survey> {
  const going = [...steps.values()].flatMap((ofLayer) => inOrder(ofLayer.filter(({ kind }) => kind === 'delete')));
  const [stacks, looked] = await answered(open, () =>
    Promise.all([readStacks(open, going, observed), lookForBlockers(open, going, observed)]),
  );
  return { stacks, ...looked };
}

/** The part of a dry run that a plan needs: what is in the way. Reads, and throws, as `surveyTeardown` does. */
export async function findBlockers(
  open: OpenEnvironment,
  steps: readonly Step[],
  observed: StackMap,
): Promise<Pick<Survey, 'blockers' | 'unseen'>> {
  const going = steps.filter(({ kind }) => kind === 'delete');
  return await answered(open, () => lookForBlockers(open, going, observed));
}

async function answered<T>(open: OpenEnvironment, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CloudError ? accessProblem(error, open) : error;
  }
}

/** Those that others wait for come first. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const sorted: Step[] = [];
  let rest = [...steps];
  while (rest.length > 0) {
    const names = new Set(rest.map(({ stack }) => stack));
    const next = rest.filter(({ dependsOn }) => !dependsOn.some((name) => names.has(name)));
    // A circle cannot be: the files were checked for it.
    sorted.push(...(next.length === 0 ? rest : next));
    rest = next.length === 0 ? [] : rest.filter((step) => !next.includes(step));
  }
  return sorted;
}

async function readStacks(
  open: OpenEnvironment,
  going: readonly Step[],
  observed: StackMap,
): Promise<readonly SurveyedStack[]> {
  const known = knownTemplates(open, () => observed);
  const asked = new Set(
    going
      .filter(({ stack }) => known(stack) === undefined)
      .slice(0, TEMPLATES_MAX)
      .map(({ stack }) => stack),
  );
  return await Promise.all(
    going.map(async ({ stack, layer }): Promise<SurveyedStack> => {
      const body = known(stack) ?? (asked.has(stack) ? await askTemplate(open, stack) : undefined);
      const resources = body === undefined ? undefined : resourcesOf(open, stack, body, observed);
      if (resources === undefined) return { stack, layer, leaves: [], logGroups: [] };
      return {
        ...{ stack, layer, resources: Object.keys(resources).length },
        leaves: leavesOf(resources),
        logGroups: logGroupsOf(resources),
      };
    }),
  );
}

/** A stack whose template cannot be had is deleted all the same. */
async function askTemplate(open: OpenEnvironment, stack: string): Promise<string | undefined> {
  try {
    return await patiently(realClock, () => open.cloud.template(stack));
  } catch (error) {
    if (error instanceof CloudError && (error.kind === 'denied' || error.kind === 'invalid')) return undefined;
    throw error;
  }
}

function resourcesOf(open: OpenEnvironment, name: string, body: string, observed: StackMap): Resources | undefined {
  const { region, account } = open.environment.facts;
  const parameters = observed.get(name)?.parameters ?? {};
  try {
    const { template } = expandWith(parseTemplate(body, `template of ${name}`), parameters);
    const pseudo = { region, account, stackName: name };
    return evaluateSide({ template, parameters }, pseudo, secretParameters(template));
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

function leavesOf(resources: Resources): readonly Leaving[] {
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    const policy = leftBehind(resource);
    return policy === 'Delete' ? [] : [{ logicalId, policy }];
  });
}

function logGroupsOf(resources: Resources): SurveyedStack['logGroups'] {
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    const name = resource.Type === 'AWS::Logs::LogGroup' ? resource.Properties?.['LogGroupName'] : undefined;
    return typeof name === 'string' && leftBehind(resource) === 'Delete' ? [{ logicalId, name }] : [];
  });
}

async function lookForBlockers(
  open: OpenEnvironment,
  going: readonly Step[],
  observed: StackMap,
): Promise<Pick<Survey, 'blockers' | 'unseen'>> {
  const { settings, counter } = open;
  const names = new Set(going.map(({ stack }) => stack));
  const outermost = outermostIn(observed.values());
  const goes = (one: ObservedStack | undefined): boolean => one !== undefined && names.has(outermost(one).name);
  const finder = createBlockers(settings, counter, {
    templateOf: knownTemplates(open, () => observed),
    mayUnprotect: open.environment.unprotect === true,
    goesToo: (stack) => goes(observed.get(stack)),
  });
  const gate = new Gate(LOOKS_AT_ONCE);
  const unseen = going.slice(STACKS_MAX).map(({ stack }) => `${stack}: looked into when its turn comes`);
  const found = await Promise.all(
    going.slice(0, STACKS_MAX).map(({ stack }) =>
      gate.run(async () => {
        const one = observed.get(stack);
        if (one === undefined || one.status === 'DELETE_IN_PROGRESS') return [];
        try {
          return await patiently(realClock, () => finder.find(one));
        } catch (error) {
          if (!(error instanceof CloudError) || error.kind !== 'denied') throw error;
          unseen.push(`${stack}: ${error.message}`);
          return [];
        }
      }),
    ),
  );
  return { blockers: found.flat(), unseen };
}
