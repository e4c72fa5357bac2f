import type { Realm, World } from '../../world.ts';
import type { Behaviour, Made, Making, Refusal } from '../behaviour.ts';
import { alreadyThere, firstOf } from '../ec2/refusals.ts';
import { findRecord } from '../stored-record.ts';
import { actionsRefusal, notFound } from './actions-refusal.ts';
import { arnTail } from './arn-tail.ts';
import { noteUses } from './group-uses.ts';
import { priorityOf, rulesOf } from './listeners.ts';
import { wrong } from './names.ts';
import { LISTENER } from './types.ts';

export const rule: Behaviour = {
  make,
  refuseCreate: (making) =>
    firstOf(
      () => listenerRefusal(making),
      () => priorityRefusal(making),
      () => actionsRefusal(making.world, making.realm, making, balancerArnOf(making)),
    ),
  made: (world, realm, record) => noteUses(world, realm, undefined, record),
  changed: noteUses,
  gone: (world, realm, record) => noteUses(world, realm, record, undefined),
};

const PRIORITY_MAX = 50_000;

function make(making: Making): Made {
  const parent = arnTail(making.text('ListenerArn'), 'listener/');
  const arn = making.arn('elasticloadbalancing', `listener-rule/${parent}/${making.world.hex(16)}`);
  return { id: arn, arn, attributes: { RuleArn: arn, IsDefault: false } };
}

function listenerRefusal({ world, realm, text }: Making): Refusal | undefined {
  const arn = text('ListenerArn');
  if (arn === undefined || findRecord(world, realm, LISTENER, arn) !== undefined) return undefined;
  return notFound(LISTENER, arn);
}

function balancerArnOf({ world, realm, text }: Making): string | undefined {
  const parent = findRecord(world, realm, LISTENER, text('ListenerArn') ?? '');
  return parent && String(parent.properties['LoadBalancerArn']);
}

function priorityRefusal({ world, realm, text }: Making): Refusal | undefined {
  const [arn, priority] = [text('ListenerArn'), text('Priority')];
  if (arn === undefined || priority === undefined) return undefined;
  return firstOf(
    () => priorityRange(Number(priority)),
    () => priorityTaken(world, realm, arn, Number(priority)),
  );
}

export function priorityRange(priority: number): Refusal | undefined {
  if (priority >= 1 && priority <= PRIORITY_MAX) return undefined;
  return wrong(`Priority '${priority}' must be between '1' and '${PRIORITY_MAX}'`);
}

/** @param movingArns rules that are to give up their own priority in the same call */
export function priorityTaken(
  world: World,
  realm: Realm,
  listenerArn: string,
  priority: number,
  movingArns: readonly string[] = [],
): Refusal | undefined {
  const others = rulesOf(world, realm, listenerArn).filter(({ id }) => !movingArns.includes(id));
  if (!others.some((one) => priorityOf(one) === priority)) return undefined;
  return alreadyThere('PriorityInUse', `Priority '${priority}' is currently in use`);
}
