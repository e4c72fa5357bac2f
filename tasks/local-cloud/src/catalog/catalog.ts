import { autoscaling } from './autoscaling.ts';
import type { Behaviour, Behaviours } from './behaviour.ts';
import { cloudwatch } from './cloudwatch.ts';
import { ec2 } from './ec2.ts';
import { ecr } from './ecr.ts';
import { ecsCapacity } from './ecs-capacity.ts';
import { ecs } from './ecs.ts';
import { efs } from './efs.ts';
import { elbv2 } from './elbv2.ts';
import { iam } from './iam.ts';
import { kms } from './kms.ts';
import { logs } from './logs.ts';
import { messagesAndSchedules } from './messages-and-schedules.ts';
import { networkNames } from './network-names.ts';
import { rds } from './rds.ts';
import { roleUsers } from './role-users.ts';
import { route53 } from './route53.ts';
import { s3 } from './s3.ts';
import { scheduler } from './scheduler.ts';
import { secretsmanager } from './secretsmanager.ts';
import { serviceDiscovery } from './servicediscovery.ts';
import { ssm } from './ssm.ts';
import { storage } from './storage.ts';
import { waitConditions } from './wait-conditions.ts';

const BEHAVIOURS: Behaviours = {
  ...cloudwatch,
  ...autoscaling,
  ...ec2,
  ...ecr,
  ...ecs,
  ...ecsCapacity,
  ...efs,
  ...elbv2,
  ...iam,
  ...kms,
  ...logs,
  ...messagesAndSchedules,
  ...networkNames,
  ...rds,
  ...roleUsers,
  ...route53,
  ...s3,
  ...scheduler,
  ...secretsmanager,
  ...serviceDiscovery,
  ...ssm,
  ...storage,
  ...waitConditions,
};

const GENERIC: Behaviour = {};

/** Where a type differs from the generic rule; every other type follows the specification alone. */
export function behaviourOf(type: string): Behaviour {
  return BEHAVIOURS[type] ?? GENERIC;
}
