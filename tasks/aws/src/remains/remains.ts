import {
  CloudControlClient,
  DeleteResourceCommand,
  GetResourceRequestStatusCommand,
  paginateListResources,
} from '@aws-sdk/client-cloudcontrol';
import {
  outermostIn,
  patiently,
  TAG,
  type Leftover,
  type ObservedStack,
  type Remains,
  type StackCloud,
} from '@roundtrip/engine';
import { createCallCounter, type CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { classed } from '../cloud-error.ts';
import { otherIdOf, typedIdOf } from './arn-type.ts';
import { FINDERS, type Finder } from './finder.ts';
import { lookAtNoted } from './noted.ts';
import { presenceOf } from './presence.ts';
import { isHeld, recognise, STACK_TAG, type Scope, type Sighting } from './sighting.ts';
import { findTagged, type Tagged } from './tagged.ts';

export interface RemainsOptions {
  readonly settings: ClientSettings;
  /** Twelve digits: what belongs to another account is not seen, and never removed. */
  readonly account: string;
  readonly stacks: StackCloud;
  readonly sleep: (ms: number) => Promise<void>;
  readonly counter?: CallCounter;
  /** The services that are looked through one by one; all of them where this is left out. */
  readonly finders?: readonly Finder[];
}

const LOG_GROUP = 'AWS::Logs::LogGroup';
const LOGICAL_TAG = 'aws:cloudformation:logical-id';

/** How often a removal is looked at, and for how long. */
const REMOVAL_POLL_MS = 500;
const REMOVAL_POLLS_MAX = 240;

interface Clients {
  readonly control: CloudControlClient;
  readonly counter: CallCounter;
  readonly clock: { readonly sleep: (ms: number) => Promise<void> };
}

/**
 * Finds what is left of an environment: through the tagging API, which goes on listing what was just deleted, so that
 * each thing is asked for; by name; and service by service, since the tagging API does not know what has no tag.
 */
export function createRemains(options: RemainsOptions): Remains {
  const { settings, account, sleep } = options;
  const counter = options.counter ?? createCallCounter();
  const control = clientOf(CloudControlClient, 'cloudcontrolapi', settings, counter);
  const clients = { control, counter, clock: { sleep } };
  return {
    find: (environment) => find(options, clients, environment),
    look: (noted) =>
      patiently(clients.clock, () => classed(() => lookAtNoted({ settings, account, ...clients }, noted))),
    async remove(leftover) {
      if (isForeign(leftover, account)) throw new RangeError(`${leftover.arn} belongs to another account`);
      await remove(clients, leftover);
    },
  };
}

async function find(options: RemainsOptions, clients: Clients, environment: string): Promise<Leftover[]> {
  const { settings, account, stacks, finders = FINDERS } = options;
  const { counter, clock } = clients;
  const all = await patiently(clock, () => stacks.sweep());
  const own = all.filter((stack) => stack.tags[TAG.environment] === environment);
  const tagged = await patiently(clock, () => classed(() => findTagged(settings, counter)));
  const scope = scopeOf({
    environment,
    account,
    region: settings.region,
    tagged,
    standing: own.map(({ name }) => name),
  });
  const looks = finders.map((one) => patiently(clock, () => classed(() => one.find(settings, counter, scope))));
  const groups = patiently(clock, () => classed(() => findLogGroups(clients.control)));
  const sightings = (await Promise.all([groups, ...looks])).flat();
  const seen = sightings.flatMap((one) => recognise(one, scope) ?? []);
  const listed = new Set([LOG_GROUP, ...finders.flatMap(({ types }) => types)]);
  const fromTags = tagged
    .filter((one) => one.tags[TAG.environment] === environment && !isForeign(one, account))
    .map((one) => leftoverOf(one, scope));
  const found = merge(fromTags, seen, listed);
  const existing = await Promise.all(
    found.map(async (one) => (isSeen(one, seen) ? [one] : await existingOf(clients, one))),
  );
  return withStacks(own, all, existing.flat());
}

/**
 * A nested stack goes with its parent. One whose parent is gone was retained: no run takes it away, and what it holds
 * is left over with it.
 */
function withStacks(
  own: readonly ObservedStack[],
  all: readonly ObservedStack[],
  things: readonly Leftover[],
): Leftover[] {
  const outermost = outermostIn(all);
  const ends = own.filter((stack) => outermost(stack) === stack);
  const standing = ends.filter(({ parentId }) => parentId === undefined).map(({ id }) => stackLeft(id, 'stack'));
  const retained = ends
    .filter(({ parentId }) => parentId !== undefined)
    .map(({ id }) => ({ ...things.find(({ arn }) => arn === id), ...stackLeft(id, 'tag') }));
  const told = new Set(own.map(({ id }) => id));
  const others = things.filter(({ arn, foundBy }) => !told.has(arn) && (foundBy !== 'stack' || standing.length > 0));
  return [...standing, ...retained, ...others];
}

function stackLeft(arn: string, foundBy: 'stack' | 'tag'): Leftover {
  return { arn, type: 'AWS::CloudFormation::Stack', foundBy };
}

function scopeOf(
  known: Omit<Scope, 'taggedAs' | 'standing' | 'networks'> & {
    readonly tagged: readonly Tagged[];
    readonly standing: readonly string[];
  },
): Scope {
  const { environment, account, region, tagged } = known;
  const standing = new Set(known.standing);
  const taggedAs = new Map(tagged.map(({ arn, tags }) => [arn, tags[TAG.environment] ?? ''] as const));
  const networks = new Map(
    tagged.flatMap(({ arn, tags }) => {
      const id = /:vpc\/(vpc-.+)$/.exec(arn)?.[1];
      if (id === undefined || tags[TAG.environment] !== environment) return [];
      const stack = tags[STACK_TAG];
      return [[id, stack !== undefined && standing.has(stack) ? stack : undefined] as const];
    }),
  );
  return { environment, account, region, standing, taggedAs, networks };
}

function leftoverOf({ arn, tags }: Tagged, scope: Scope): Leftover {
  const logicalId = tags[LOGICAL_TAG];
  const foundBy = isHeld(tags, scope) ? 'stack' : 'tag';
  return { arn, ...typedIdOf(arn), foundBy, ...(logicalId === undefined ? {} : { logicalId }) };
}

/** One entry for each thing. What a service lists whole and did not list is gone, whatever the tagging API says. */
function merge(fromTags: readonly Leftover[], seen: readonly Leftover[], listed: ReadonlySet<string>): Leftover[] {
  const merged = new Map(seen.map((one) => [keyOf(one), one]));
  for (const one of fromTags) {
    const sighting = merged.get(keyOf(one));
    if (sighting === undefined && listed.has(one.type ?? '')) continue;
    merged.set(keyOf(one), { ...sighting, ...one, ...(sighting?.id === undefined ? {} : { id: sighting.id }) });
  }
  return [...merged.values()];
}

/** A log group's ARN is written with and without an asterisk. */
function keyOf({ arn, type, id }: Leftover): string {
  return type === LOG_GROUP ? `${type}|${id}` : arn;
}

function isSeen(leftover: Leftover, seen: readonly Leftover[]): boolean {
  return seen.some((one) => keyOf(one) === keyOf(leftover));
}

/** The fifth part of an ARN is the account; some have none. */
function isForeign({ arn }: Pick<Leftover, 'arn'>, account: string): boolean {
  const owner = arn.startsWith('arn:') ? (arn.split(':')[4] ?? '') : '';
  return /^\d{12}$/.test(owner) && owner !== account;
}

async function findLogGroups(client: CloudControlClient): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const page of paginateListResources({ client }, { TypeName: LOG_GROUP })) {
    for (const { Identifier: id = '' } of page.ResourceDescriptions ?? []) {
      found.push({ arn: `log group ${id}`, type: LOG_GROUP, id, names: [id] });
    }
  }
  return found;
}

/** An ARN can stand for two identifiers. */
async function existingOf({ control, clock }: Clients, leftover: Leftover): Promise<Leftover[]> {
  const other = otherIdOf(leftover.arn);
  const forms = other === undefined ? [leftover] : [leftover, { ...leftover, id: other }];
  for (const form of forms)
    if ((await patiently(clock, () => classed(() => presenceOf(control, form)))) !== false) return [form];
  return [];
}

async function remove({ control, clock }: Clients, { type, id, arn }: Leftover): Promise<void> {
  const begun = await control.send(new DeleteResourceCommand({ TypeName: type, Identifier: id }));
  let event = begun.ProgressEvent;
  for (let poll = 0; poll < REMOVAL_POLLS_MAX; poll += 1) {
    if (event?.OperationStatus === 'SUCCESS' || event?.ErrorCode === 'NotFound') return;
    if (event?.OperationStatus === 'FAILED' || event?.OperationStatus === 'CANCEL_COMPLETE') break;
    await clock.sleep(REMOVAL_POLL_MS);
    const status = await control.send(new GetResourceRequestStatusCommand({ RequestToken: event?.RequestToken }));
    event = status.ProgressEvent;
  }
  throw new RangeError(`${arn} could not be removed: ${event?.StatusMessage ?? event?.OperationStatus ?? 'no answer'}`);
}
