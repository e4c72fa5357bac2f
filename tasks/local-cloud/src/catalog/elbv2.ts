import type { Behaviours } from './behaviour.ts';
import { listener } from './elbv2/listener.ts';
import { loadBalancer } from './elbv2/load-balancer.ts';
import { rule } from './elbv2/rule.ts';
import { targetGroup } from './elbv2/target-group.ts';
import { LISTENER, LOAD_BALANCER, RULE, TARGET_GROUP } from './elbv2/types.ts';

export const elbv2: Behaviours = {
  [LOAD_BALANCER]: loadBalancer,
  [TARGET_GROUP]: targetGroup,
  [LISTENER]: listener,
  [RULE]: rule,
};
