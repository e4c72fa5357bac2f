import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { NETWORK_INTERFACE } from '../network-interfaces.ts';
import { resourcesOf, resourceWith } from '../resources-of.ts';
import { dropRecord, findRecord } from '../stored-record.ts';
import { idsIn, missing, referenceRefusal } from './references.ts';
import { alreadyThere, dependencyViolation, firstOf, invalid, overLimit } from './refusals.ts';
import {
  EGRESS,
  groupIdOf,
  INGRESS,
  inlineRules,
  isGroup,
  ruleKey,
  ruleOf,
  rulesOf,
  ruleText,
  SECURITY_GROUP,
} from './security-group-rule.ts';
import type { GroupRule } from './security-group-rule.ts';
import { formRefusal } from './rule-form.ts';
import { isDefault, VPC } from './vpc.ts';

export const securityGroup: Behaviour = {
  make(making) {
    const id = making.id('sg');
    return { id, attributes: { Id: id, GroupId: id }, properties: { GroupName: making.name('GroupName') } };
  },
  refuseCreate: (making) =>
    firstOf(
      () => referenceRefusal(making, 'VpcId', VPC),
      () => nameRefusal(making),
      () => takenName(making),
      () => ownRulesRefusal(making),
    ),
  refuseDelete: inUse,
  gone: forgetRules,
};

export const ingressRule: Behaviour = {
  make: (making) => ({ id: making.id('sgr') }),
  refuseCreate: (making) => ruleBesideRefusal(making, false),
};

export const egressRule: Behaviour = {
  make: (making) => ({ id: making.id('sgr') }),
  refuseCreate: (making) => ruleBesideRefusal(making, true),
};

/** Rules in each direction. */
const QUOTA = 60;
const DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;
const DESCRIPTION_RULE =
  'Valid descriptions are strings less than 256 characters from the following set:  ' +
  'a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*';

function nameRefusal({ text }: Making): Refusal | undefined {
  const [name, description = ''] = [text('GroupName'), text('GroupDescription')];
  if (!DESCRIPTION.test(description)) {
    return invalid('InvalidParameterValue', `Invalid security group description. ${DESCRIPTION_RULE}`);
  }
  if (name === undefined) return undefined;
  if (name.startsWith('sg-')) {
    const text_ = `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`;
    return invalid('InvalidParameterValue', text_);
  }
  if (name !== 'default') return undefined;
  return invalid('InvalidParameterValue', 'Cannot use reserved security group name: default');
}

function takenName({ world, realm, text }: Making): Refusal | undefined {
  const [name, vpcId] = [text('GroupName'), text('VpcId')];
  if (name === undefined) return undefined;
  const other = resourceWith(
    ...([world, realm, SECURITY_GROUP] as const),
    ({ properties }) => properties['GroupName'] === name && properties['VpcId'] === vpcId,
  );
  return (
    other && alreadyThere('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpcId}'`)
  );
}

function ownRulesRefusal({ world, realm, properties }: Making): Refusal | undefined {
  const rules = [false, true].flatMap((isEgress) =>
    inlineRules({ properties }, isEgress).map((rule) => ruleOf('', isEgress, rule)),
  );
  return rulesRefusal(world, realm, [], rules);
}

/** Why rules cannot be added to those that a group has. */
export function rulesRefusal(
  world: World,
  realm: Realm,
  existing: readonly GroupRule[],
  added: readonly GroupRule[],
): Refusal | undefined {
  const keys = new Set(existing.map(ruleKey));
  for (const rule of added) {
    const { otherGroupId, description = '' } = rule;
    if (otherGroupId !== undefined && !isGroup(world, realm, otherGroupId))
      return missing(SECURITY_GROUP, otherGroupId);
    if (!DESCRIPTION.test(description)) {
      return invalid('InvalidParameterValue', `Invalid rule description. ${DESCRIPTION_RULE}`);
    }
    const malformed = formRefusal(rule);
    if (malformed !== undefined) return malformed;
    if (keys.has(ruleKey(rule))) {
      const text = `the specified rule "${ruleText(rule)}" already exists`;
      return alreadyThere('InvalidPermission.Duplicate', text);
    }
    keys.add(ruleKey(rule));
  }
  const all = [...existing, ...added];
  const isFull = [false, true].some((isEgress) => all.filter((rule) => rule.isEgress === isEgress).length > QUOTA);
  if (!isFull) return undefined;
  const text = 'The maximum number of rules per security group has been reached.';
  return overLimit('RulesPerSecurityGroupLimitExceeded', text);
}

function ruleBesideRefusal(making: Making, isEgress: boolean): Refusal | undefined {
  const { world, realm, properties } = making;
  const groupId = groupIdOf(world, realm, properties);
  if (groupId === undefined) return undefined;
  const group = findRecord(world, realm, SECURITY_GROUP, groupId);
  if (group === undefined) return missing(SECURITY_GROUP, groupId);
  const rules = rulesOf(world, realm, group);
  // Every group begins with the rule that lets everything out; a template may ask for it again.
  const isGiven = making.stackId === undefined || group.properties['SecurityGroupEgress'] !== undefined;
  const existing = isGiven ? rules : rules.filter((rule) => !rule.isEgress || rule.index === undefined);
  return rulesRefusal(world, realm, existing, [ruleOf(groupId, isEgress, properties)]);
}

function inUse(world: World, realm: Realm, group: Resource): Refusal | undefined {
  if (isDefault(world, realm, group)) {
    const text = `the specified group: "${group.id}" name: "default" cannot be deleted by a user`;
    return invalid('CannotDelete', text);
  }
  const isUsed =
    resourceWith(...([world, realm, NETWORK_INTERFACE] as const), ({ properties }) =>
      idsIn(properties['GroupSet']).includes(group.id),
    ) !== undefined || isReferenced(world, realm, group.id);
  return isUsed ? dependencyViolation(`resource ${group.id} has a dependent object`) : undefined;
}

/** Whether a rule of another group names this one. */
function isReferenced(world: World, realm: Realm, id: string): boolean {
  for (const type of [INGRESS, EGRESS]) {
    for (const { properties } of resourcesOf(world, realm, type)) {
      const { otherGroupId } = ruleOf('', type === EGRESS, properties);
      if (otherGroupId === id && groupIdOf(world, realm, properties) !== id) return true;
    }
  }
  for (const other of resourcesOf(world, realm, SECURITY_GROUP)) {
    const rules = [false, true].flatMap((isEgress) =>
      inlineRules(other, isEgress).map((rule) => ruleOf(other.id, isEgress, rule)),
    );
    if (other.id !== id && rules.some(({ otherGroupId }) => otherGroupId === id)) return true;
  }
  return false;
}

function forgetRules(world: World, realm: Realm, { id }: Resource): void {
  for (const type of [INGRESS, EGRESS]) {
    for (const rule of [...resourcesOf(world, realm, type)]) {
      if (rule.properties['GroupId'] === id) dropRecord(world, realm, rule);
    }
  }
}
