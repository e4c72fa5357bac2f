import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { actionsRefusal, notFound } from '../../catalog/elbv2/actions-refusal.ts';
import { priorityOf, rulesOf } from '../../catalog/elbv2/listeners.ts';
import { LISTENER, RULE } from '../../catalog/elbv2/types.ts';
import { createRecord, deleteRecord, serviceError } from '../../catalog/record.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagMap } from '../tag-list.ts';
import { actionsOf, conditionsOf } from './actions.ts';
import { changeRecord, givenIn } from './change-record.ts';
import { defaultRuleArn, listenerOfDefault } from './default-rule.ts';
import { elbv2Page } from './elbv2-page.ts';
import { findOne, invalid } from './find.ts';

export function describeRules(world: World, input: ELB.DescribeRulesInput, { realm }: Call): ELB.DescribeRulesOutput {
  const { ListenerArn: listenerArn, RuleArns: arns = [] } = input;
  if ((listenerArn === undefined) === (arns.length === 0)) {
    throw invalid('You must specify either listener rule ARNs or a listener ARN');
  }
  const all =
    listenerArn === undefined
      ? arns.map((arn) => ruleAt(world, realm, arn))
      : shapesOf(world, realm, findOne(world, realm, LISTENER, listenerArn));
  const { items, ...next } = elbv2Page(all, input);
  return { Rules: [...items], ...next };
}

export function createRule(world: World, input: ELB.CreateRuleInput, { realm }: Call): ELB.CreateRuleOutput {
  findOne(world, realm, LISTENER, input.ListenerArn);
  const record = createRecord(world, realm, {
    type: RULE,
    properties: givenIn(input, 'Tags'),
    tags: tagMap(input.Tags),
  });
  return { Rules: [ruleShape(record)] };
}

export function modifyRule(world: World, input: ELB.ModifyRuleInput, { realm }: Call): ELB.ModifyRuleOutput {
  const record = ownRule(world, realm, input.RuleArn, 'modified');
  const change = givenIn(input, 'RuleArn', 'ResetTransforms');
  if (Object.keys(change).length === 0 && !input.ResetTransforms) {
    throw invalid('Either conditions or actions must be specified');
  }
  const properties = { ...record.properties, ...change };
  const parent = findRecord(world, realm, LISTENER, String(properties['ListenerArn']));
  const refused = actionsRefusal(world, realm, { properties }, String(parent?.properties['LoadBalancerArn']));
  if (refused) throw serviceError(refused);
  const reset = input.ResetTransforms ? { Transforms: undefined } : {};
  return { Rules: [ruleShape(changeRecord(world, realm, record, { ...change, ...reset }))] };
}

export function deleteRule(world: World, input: ELB.DeleteRuleInput, { realm }: Call): ELB.DeleteRuleOutput {
  const { id } = ownRule(world, realm, input.RuleArn, 'deleted');
  deleteRecord({ world, realm, type: RULE, id });
  return {};
}

/** @throws ServiceError RuleNotFound; OperationNotPermitted for a listener's default */
export function ownRule(world: World, realm: Realm, arn: string | undefined, done: string): Resource {
  if (listenerOfDefault(world, realm, arn ?? '') !== undefined) {
    throw new ServiceError('OperationNotPermitted', `Default rule '${arn}' cannot be ${done}`);
  }
  return findOne(world, realm, RULE, arn);
}

function ruleAt(world: World, realm: Realm, arn: string): ELB.Rule {
  const listener = listenerOfDefault(world, realm, arn);
  if (listener !== undefined) return defaultShape(listener);
  const record = findRecord(world, realm, RULE, arn);
  if (record === undefined) throw serviceError(notFound(RULE));
  return ruleShape(record);
}

/** By priority, the default last. */
function shapesOf(world: World, realm: Realm, listener: Resource): ELB.Rule[] {
  return [...rulesOf(world, realm, listener.id).map(ruleShape), defaultShape(listener)];
}

function defaultShape(listener: Resource): ELB.Rule {
  return {
    RuleArn: defaultRuleArn(listener.id),
    Priority: 'default',
    Conditions: [],
    Actions: actionsOf(listener.properties['DefaultActions']),
    IsDefault: true,
  };
}

export function ruleShape(record: Resource): ELB.Rule {
  const { Transforms: transforms } = record.properties;
  return {
    RuleArn: record.id,
    Priority: String(priorityOf(record)),
    Conditions: conditionsOf(record.properties['Conditions']),
    Actions: actionsOf(record.properties['Actions']),
    IsDefault: false,
    ...(transforms === undefined ? {} : { Transforms: transforms as ELB.RuleTransform[] }),
  };
}
