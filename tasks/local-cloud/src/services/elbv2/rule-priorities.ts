import type * as ELB from '@aws-sdk/client-elastic-load-balancing-v2';
import { firstOf } from '../../catalog/ec2/refusals.ts';
import { priorityRange, priorityTaken } from '../../catalog/elbv2/rule.ts';
import { serviceError } from '../../catalog/record.ts';
import type { Call, World } from '../../world.ts';
import { changeRecord } from './change-record.ts';
import { invalid } from './find.ts';
import { ownRule, ruleShape } from './rules.ts';

/** Moves several rules at once: each may take the place that another one leaves. */
export function setRulePriorities(
  world: World,
  input: ELB.SetRulePrioritiesInput,
  { realm }: Call,
): ELB.SetRulePrioritiesOutput {
  const moves = (input.RulePriorities ?? []).map(({ RuleArn: arn, Priority: priority = 0 }) => ({
    record: ownRule(world, realm, arn, 'modified'),
    priority,
  }));
  const movingArns = moves.map(({ record }) => record.id);
  const wanted = moves.map(({ priority }) => priority);
  for (const { record, priority } of moves) {
    const listenerArn = String(record.properties['ListenerArn']);
    if (wanted.indexOf(priority) !== wanted.lastIndexOf(priority)) {
      throw invalid(`Priority '${priority}' was provided multiple times`);
    }
    const refused = firstOf(
      () => priorityRange(priority),
      () => priorityTaken(world, realm, listenerArn, priority, movingArns),
    );
    if (refused) throw serviceError(refused);
  }
  return {
    Rules: moves.map(({ record, priority }) => ruleShape(changeRecord(world, realm, record, { Priority: priority }))),
  };
}
