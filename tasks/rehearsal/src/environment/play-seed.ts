import { createBlockers, createCallCounter, createStackCloud } from '@roundtrip/aws';
import { createExpectations, TAG, type Blocker, type Judgement } from '@roundtrip/engine';
import type { Project } from './project.ts';
import { createSimulatedAccount, type SimulatedAccount } from './simulated-account.ts';
import { sweepAccount, templateOf, travel, type Trip } from './trip.ts';
import { weekendOf } from './weekend.ts';

/** What happened under one seed, in an account of its own. */
export interface PlayedSeed {
  readonly seed: string;
  readonly trips: readonly Trip[];
  /** What stood in the way of a teardown before it began. */
  readonly blockers: readonly Blocker[];
  /** What was in the account after a teardown. */
  readonly left: readonly Judgement[];
  /** What broke down in the simulation itself. */
  readonly defects: readonly string[];
}

/** Two weeks: in the second, names and keys of the first one's teardown may still be there. */
const WEEKS = 2;
/** Monday, 5 January 2026. */
const START = Date.UTC(2026, 0, 5, 6);

export interface SeedInput {
  readonly project: Project;
  readonly seed: string;
  readonly withHooks: boolean;
  /** Whether something is on its way that takes real time. */
  readonly isBusy: () => boolean;
}

/** Builds the environment, lets it stand, takes it away, and again a weekend later. */
export async function playSeed({ project, seed, withHooks, isBusy }: SeedInput): Promise<PlayedSeed> {
  const { account: number, region } = project.environment.facts;
  const account = createSimulatedAccount({ seed, account: number, region, startAt: START, isBusy });
  const { clock } = account;
  const expectations = createExpectations();
  const weekend = weekendOf(project.environment);
  const played = { trips: [] as Trip[], blockers: [] as Blocker[], left: [] as Judgement[] };
  const go = async (direction: Trip['direction'], week: number): Promise<boolean> => {
    const run = `${seed}-${week}-${direction}`;
    const trip = await clock.drive(travel({ project, account, direction, run, expectations, withHooks }));
    played.trips.push(trip);
    return trip.outcome.kind === 'done';
  };
  const rest = async (ms: number): Promise<void> => await clock.drive(clock.sleep(ms));
  for (let week = 1; week <= WEEKS; week += 1) {
    if (!(await go('up', week))) break;
    await rest(weekend.standsMs);
    played.blockers.push(...(await clock.drive(findBlockers(project, account))));
    // One that is protected is asked to go as well, and stays.
    if (!(await go('down', week))) break;
    const { allowed, left } = await clock.drive(sweepAccount(project, account, { dryRun: true }));
    played.left.push(...allowed, ...left);
    await rest(weekend.awayMs);
  }
  return { seed, ...played, defects: account.defects };
}

async function findBlockers(project: Project, { settings }: SimulatedAccount): Promise<readonly Blocker[]> {
  const { name, account } = project.environment.facts;
  const counter = createCallCounter();
  const cloud = createStackCloud(settings, account, counter);
  const own = (await cloud.sweep()).filter(({ tags }) => tags[TAG.environment] === name);
  const names = new Set(own.map((stack) => stack.name));
  const blockers = createBlockers(settings, counter, {
    templateOf: templateOf(project),
    mayUnprotect: project.environment.unprotect === true,
    goesToo: (stack) => names.has(stack),
  });
  const found: Blocker[] = [];
  for (const stack of own) found.push(...(await blockers.find(stack)));
  return found;
}
