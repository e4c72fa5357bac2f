import { cloudControlRoutes } from './routes/cloud-control.ts';
import { cloudFormationRoutes } from './routes/cloudformation.ts';
import { cloudMapRoute } from './routes/cloud-map.ts';
import { cloudWatchRoute } from './routes/cloudwatch.ts';
import { ec2Route } from './routes/ec2.ts';
import { ecrRoute } from './routes/ecr.ts';
import { ecsChangesRoute } from './routes/ecs-changes.ts';
import { ecsRoute } from './routes/ecs.ts';
import { efsRoute } from './routes/efs.ts';
import { elbv2Route } from './routes/elbv2.ts';
import { iamRoute } from './routes/iam.ts';
import { kmsRoute } from './routes/kms.ts';
import { logsRoute } from './routes/logs.ts';
import { rdsRoutes } from './routes/rds.ts';
import { route53Route } from './routes/route53.ts';
import { s3Route } from './routes/s3.ts';
import { schedulerRoute } from './routes/scheduler.ts';
import { secretsManagerRoute } from './routes/secrets-manager.ts';
import { ssmRoute } from './routes/ssm.ts';
import { stsRoute } from './routes/sts.ts';
import type { Route } from './step.ts';

/** Every route of the tour; the long ones first, so that two at once end together. */
export const routes: readonly Route[] = [
  ec2Route,
  iamRoute,
  ...cloudFormationRoutes,
  ...rdsRoutes,
  kmsRoute,
  route53Route,
  logsRoute,
  ecrRoute,
  s3Route,
  cloudWatchRoute,
  secretsManagerRoute,
  ssmRoute,
  ecsRoute,
  elbv2Route,
  efsRoute,
  ecsChangesRoute,
  cloudMapRoute,
  schedulerRoute,
  ...cloudControlRoutes,
  stsRoute,
];
