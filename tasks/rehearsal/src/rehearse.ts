import { createExpectations } from '@roundtrip/engine';
import type { Expectations, JournalEvent, RunOutcome } from '@roundtrip/engine';
import { createLife } from './life.ts';
import type { Life } from './life.ts';
import { litter } from './litter.ts';
import { createLooker } from './look.ts';
import type { Looker } from './look.ts';
import { moveIn } from './neighbours.ts';
import { preload } from './preload.ts';
import type { Observation, RunRecord, Sight } from './record.ts';
import { runProcess } from './run-process.ts';
import type { Act, Scenario } from './scenario.ts';
import { createStage, OTHER_ACCOUNT } from './stage.ts';
import type { Stage } from './stage.ts';

const HOUR_MS = 3_600_000;
/** What is on its way when a scenario's own history is over has ended by then. */
const SETTLE_HOURS = 12;

/**
 * Plays a scenario: its history with its faults, then a teardown and a rebuild without any. The same scenario gives the
 * same observation, to the byte.
 */
export async function rehearse(scenario: Scenario): Promise<Observation> {
  await (warm ??= preload().then(() => play(WARM_UP)));
  return await play(scenario);
}

/** What is loaded with its first use takes real time, in which the virtual clock would go on: it is used once before. */
let warm: Promise<Observation> | undefined;

async function play(scenario: Scenario): Promise<Observation> {
  const stage = createStage(scenario.seed, scenario.limits);
  const looker = createLooker(stage);
  const expectations = createExpectations();
  const scene: Play = {
    stage,
    scenario,
    looker,
    runs: [],
    sights: new Map(),
    counts: {},
    expectations,
    ready: new Map(),
  };
  await stage.clock.drive(moveIn(stage));
  const generations = scenario.stacks.map(() => 0);
  for (const [index, act] of [...scenario.acts, ...HEALING].entries()) {
    for (const changed of act.changes) generations[changed] = (generations[changed] ?? 0) + 1;
    await playAct(scene, act, index, [...generations]);
  }
  await playProtected(scene, generations);
  await playStranger(scene, generations);
  const { operations, makers } = await stage.clock.drive(looker.history());
  return {
    ...{ scenario, calls: stage.calls, runs: scene.runs, operations, makers, sights: scene.sights },
    generations,
    faults: scene.counts,
    defects: stage.defects,
  };
}

/** Faults are over: now everything has to come right. The second `up` has nothing to do. */
const HEALING: readonly Act[] = (['up', 'up', 'down', 'up'] as const).map((verb) => ({
  ...{ verb, changes: [], diesAtCalls: [], faults: [], restHours: SETTLE_HOURS },
}));

const WARM_UP: Scenario = {
  seed: 'warm-up',
  layers: [{ name: 'all', dependsOn: [] }],
  stacks: (['plain', 'bucket', 'log-group', 'network', 'untagged'] as const).map((content) => ({
    ...{ layer: 'all', name: content, dependsOn: [], content, createSeconds: 2, deleteSeconds: 2 },
  })),
  limits: 'on',
  mode: 'express',
  acts: [],
};

interface Play {
  readonly stage: Stage;
  readonly scenario: Scenario;
  readonly looker: Looker;
  readonly runs: RunRecord[];
  readonly sights: Map<number, Sight>;
  readonly counts: Record<string, number>;
  readonly expectations: Expectations;
  /** Which stacks were seen ready: what a machine remembers from run to run. */
  readonly ready: Map<string, string>;
}

/** A run, its deaths and its new starts, and a second one beside it. */
async function playAct(play: Play, act: Act, index: number, generations: readonly number[]): Promise<void> {
  const { stage, looker } = play;
  stage.setFaults(act.faults);
  const start = (verb: Act['verb'], number: string, fate: Pick<RunStart, 'diesAtCall' | 'stall'> = {}) =>
    playRun(play, { verb, index, run: `${play.scenario.seed}-${index}-${number}`, ...fate, generations });
  const main = async (): Promise<void> => {
    for (const [attempt, diesAtCall] of [...act.diesAtCalls, undefined].entries()) {
      const fate = attempt === 0 ? { diesAtCall, stall: act.stall } : { diesAtCall };
      if ((await start(act.verb, `a${attempt}`, fate)).outcome.kind !== 'died') return;
    }
  };
  const second = async (): Promise<void> => {
    if (act.second === undefined) return;
    await stage.clock.sleep(act.second.afterSeconds * 1000);
    await start(act.second.verb, 'b');
  };
  await stage.clock.drive(Promise.all([main(), second()]).then(() => undefined));
  countFaults(play);
  stage.setFaults([]);
  await stage.clock.drive(stage.clock.sleep(act.restHours * HOUR_MS));
  await stage.clock.drive(litter(stage, play.scenario));
  // To ask SSM each time would make the whole rehearsal 5 to 10 % slower: once, at the end, is enough.
  const isLast = index === play.scenario.acts.length + HEALING.length - 1;
  play.sights.set(index, await stage.clock.drive(looker.sight(stage.clock.now(), isLast)));
}

/** Somebody who means staging types the wrong thing: an environment that is protected is asked to go. */
async function playProtected(play: Play, generations: readonly number[]): Promise<void> {
  const index = play.scenario.acts.length + HEALING.length;
  const run = `${play.scenario.seed}-${index}-a0`;
  await play.stage.clock.drive(playRun(play, { verb: 'down', index, run, generations, protect: true }));
  play.sights.set(index, await play.stage.clock.drive(play.looker.sight(play.stage.clock.now())));
}

/** The right command with the credentials of another account. */
async function playStranger(play: Play, generations: readonly number[]): Promise<void> {
  const index = play.scenario.acts.length + HEALING.length + 1;
  const run = `${play.scenario.seed}-${index}-a0`;
  const start: RunStart = { verb: 'down', index, run, generations, account: OTHER_ACCOUNT };
  await play.stage.clock.drive(playRun(play, start));
}

interface RunStart {
  readonly protect?: boolean;
  readonly account?: string;
  readonly verb: Act['verb'];
  readonly index: number;
  readonly run: string;
  readonly diesAtCall?: number | undefined;
  readonly stall?: Act['stall'];
  readonly generations: readonly number[];
}

async function playRun(
  play: Play,
  { verb, index, run, diesAtCall, stall, generations, account, protect = false }: RunStart,
): Promise<RunRecord> {
  const { stage, scenario, expectations, ready } = play;
  const over = (): Promise<void> => stage.clock.sleep((stall?.minutes ?? 0) * 60_000);
  const life = createLife({ diesAtCall, ...(stall === undefined ? {} : { stall: { atCall: stall.atCall, over } }) });
  const journal: JournalEvent[] = [];
  const startedAt = stage.clock.now();
  const outcome = await Promise.race([
    runProcess({ stage, scenario, run, verb, generations, life, journal, protect, expectations, ready, account }),
    deathOf(life),
  ]);
  const record = { run, act: index, verb, startedAt, endedAt: stage.clock.now(), outcome, journal };
  play.runs.push(record);
  // Whatever a run that has ended still has in the air ends with it, as in a process.
  life.kill();
  return record;
}

async function deathOf(life: Life): Promise<RunOutcome | { readonly kind: 'died' }> {
  await life.death;
  return { kind: 'died' };
}

function countFaults({ stage, counts }: Play): void {
  for (const { fault, fired } of stage.cloud.faults()) counts[fault.fault] = (counts[fault.fault] ?? 0) + fired;
}
