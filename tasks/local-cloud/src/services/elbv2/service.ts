import { TARGET_DRAINED, targetDrained } from '../../catalog/elbv2/targets.ts';
import type { Service } from '../../world.ts';
import * as attributes from './attributes.ts';
import { limitOf } from './limits.ts';
import * as listeners from './listeners.ts';
import * as changes from './load-balancer-changes.ts';
import * as balancers from './load-balancers.ts';
import { setRulePriorities } from './rule-priorities.ts';
import * as rules from './rules.ts';
import * as tags from './tags.ts';
import * as groups from './target-groups.ts';
import * as targets from './targets.ts';

/** Elastic Load Balancing, version 2, over the same records as CloudFormation's; see SPEC.md beside this file. */
export const elbv2: Service = {
  client: 'client-elastic-load-balancing-v2',
  limitOf,
  operations: {
    AddTags: tags.addTags,
    CreateListener: listeners.createListener,
    CreateLoadBalancer: balancers.createLoadBalancer,
    CreateRule: rules.createRule,
    CreateTargetGroup: groups.createTargetGroup,
    DeleteListener: listeners.deleteListener,
    DeleteLoadBalancer: balancers.deleteLoadBalancer,
    DeleteRule: rules.deleteRule,
    DeleteTargetGroup: groups.deleteTargetGroup,
    DeregisterTargets: targets.deregisterTargets,
    DescribeListeners: listeners.describeListeners,
    DescribeLoadBalancerAttributes: attributes.describeLoadBalancerAttributes,
    DescribeLoadBalancers: balancers.describeLoadBalancers,
    DescribeRules: rules.describeRules,
    DescribeTags: tags.describeTags,
    DescribeTargetGroupAttributes: attributes.describeTargetGroupAttributes,
    DescribeTargetGroups: groups.describeTargetGroups,
    DescribeTargetHealth: targets.describeTargetHealth,
    ModifyListener: listeners.modifyListener,
    ModifyLoadBalancerAttributes: attributes.modifyLoadBalancerAttributes,
    ModifyRule: rules.modifyRule,
    ModifyTargetGroup: groups.modifyTargetGroup,
    ModifyTargetGroupAttributes: attributes.modifyTargetGroupAttributes,
    RegisterTargets: targets.registerTargets,
    RemoveTags: tags.removeTags,
    SetRulePriorities: setRulePriorities,
    SetSecurityGroups: changes.setSecurityGroups,
    SetSubnets: changes.setSubnets,
  },
  handlers: { [TARGET_DRAINED]: targetDrained },
};
