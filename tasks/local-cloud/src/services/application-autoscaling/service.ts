import type { Service } from '../../world.ts';
import { deleteScalingPolicy, describeScalingPolicies, putScalingPolicy } from './policies.ts';
import { deregisterScalableTarget, describeScalableTargets, registerScalableTarget } from './targets.ts';

/** Application Auto Scaling over the same records as CloudFormation's; see SPEC.md beside this file. */
export const applicationAutoscaling: Service = {
  client: 'client-application-auto-scaling',
  operations: {
    DeleteScalingPolicy: deleteScalingPolicy,
    DeregisterScalableTarget: deregisterScalableTarget,
    DescribeScalableTargets: describeScalableTargets,
    DescribeScalingPolicies: describeScalingPolicies,
    PutScalingPolicy: putScalingPolicy,
    RegisterScalableTarget: registerScalableTarget,
  },
};
