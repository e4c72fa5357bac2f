import { Random, seedState } from '../store/random.ts';
import type { RandomState } from '../store/random.ts';
import type { Realm, Table, World } from '../world.ts';
import type { Fault, FaultKind, FaultPlan } from './fault-plan.ts';

/** A fault that is switched on, and what has come of it. Kept with everything else, so that it outlives a restart. */
export interface FaultRule {
  readonly fault: Fault;
  /** When it was switched on, on the cloud's clock. */
  readonly since: number;
  /** How often it could have fired. */
  readonly seen: number;
  readonly fired: number;
  /** Its own generator: switching a fault on changes no identifier that the cloud draws. */
  readonly random: RandomState;
}

/** Faults are nobody's: they are kept outside of all accounts. */
const NOWHERE: Realm = { account: '000000000000', region: 'local-cloud' };

export function faultRules(world: World): Table<FaultRule> {
  return world.table('local-cloud.fault', NOWHERE);
}

/** Switches on what the plan says, in place of what was on before. */
export function setFaults(
  world: World,
  plan: FaultPlan,
  { seed, since }: { readonly seed: string; readonly since: number },
): void {
  const table = faultRules(world);
  for (let index = 0; table.get(String(index)) !== undefined; index += 1) table.delete(String(index));
  for (const [index, fault] of plan.faults.entries()) {
    const random = seedState(`${seed}/faults/${index}`);
    table.put(String(index), { fault, since, seen: 0, fired: 0, random });
  }
}

/** What a rule is held against: a request, or a resource that is about to be made, changed or deleted. */
export type Occasion = Readonly<Partial<Record<Field, string>>>;
type Field = 'service' | 'operation' | 'account' | 'region' | 'accessKeyId' | 'stack' | 'resourceType' | 'logicalId';

const FIELDS: readonly Field[] = [
  'service',
  'operation',
  'account',
  'region',
  'accessKeyId',
  'stack',
  'resourceType',
  'logicalId',
];

/** The faults of some kinds that strike now, in the order of the plan; each is counted, and draws its chance. */
export function strike(
  world: World,
  kinds: readonly FaultKind[],
  occasion: Occasion,
  isMeant: (rule: FaultRule) => boolean = () => true,
): Fault[] {
  const table = faultRules(world);
  if (table.size === 0) return [];
  const struck: Fault[] = [];
  for (let index = 0; index < table.size; index += 1) {
    const rule = table.get(String(index));
    if (rule === undefined || !kinds.includes(rule.fault.fault)) continue;
    if (!fits(rule.fault, occasion) || !isOn(rule, world.now) || !isMeant(rule)) continue;
    const random = new Random(rule.random);
    const isStruck = random.next() < (rule.fault.chance ?? 1);
    table.put(String(index), {
      ...rule,
      seen: rule.seen + 1,
      fired: rule.fired + (isStruck ? 1 : 0),
      random: random.state,
    });
    if (isStruck) struck.push(rule.fault);
  }
  return struck;
}

/** When a fault began, or begins; of storms the latest. */
export function beganAt({ fault, since }: FaultRule, now: number): number {
  const first = since + (fault.afterSeconds ?? 0) * 1000;
  if (fault.everySeconds === undefined || now < first) return first;
  return now - ((now - first) % (fault.everySeconds * 1000));
}

/** A fault that names what the occasion does not have is not meant. */
function fits(fault: Fault, occasion: Occasion): boolean {
  return FIELDS.every((field) => {
    const wanted = fault[field];
    const given = occasion[field];
    return wanted === undefined || (given !== undefined && isLike(given, wanted));
  });
}

function isLike(text: string, pattern: string): boolean {
  if (!pattern.includes('*')) return text === pattern;
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

function isOn(rule: FaultRule, now: number): boolean {
  const { times, forSeconds } = rule.fault;
  if (times !== undefined && rule.fired >= times) return false;
  const began = beganAt(rule, now);
  if (now < began) return false;
  return forSeconds === undefined || (now - began) / 1000 < forSeconds;
}
