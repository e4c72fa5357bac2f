import * as v from 'valibot';

/** The periods that CloudWatch Logs offers and that people use. */
const retentionDays = v.picklist([1, 3, 5, 7, 14, 30, 60, 90, 180, 365, 731, 1827, 3653]);

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const certificateArn = v.pipe(
  v.string(),
  v.regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/, "write the certificate's ARN in ACM"),
);
const bucket = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'write the name of a bucket, without s3://'),
);
const repository = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, 'write the name of an ECR repository of this account, without a tag'),
);
const email = v.pipe(v.string(), v.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'write an e-mail address'));

export const clusterConfig = v.strictObject({
  spotPercent: v.pipe(
    v.optional(whole(0, 100), 0),
    v.metadata({ description: 'Share of the tasks beyond onDemandBase that run on Fargate Spot, in percent' }),
  ),
  onDemandBase: v.pipe(
    v.optional(whole(0, 100_000), 1),
    v.metadata({ description: 'Tasks of each service that run on demand before any goes to spot' }),
  ),
  containerInsights: v.pipe(
    v.optional(v.picklist(['enhanced', 'enabled']), 'enabled'),
    v.metadata({ description: 'How closely CloudWatch watches containers; enhanced costs more' }),
  ),
  internetFacing: v.pipe(
    v.optional(v.boolean(), true),
    v.metadata({ description: 'Whether the load balancer can be reached from the internet' }),
  ),
  allowedCidrs: v.pipe(
    v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(5)), ['0.0.0.0/0']),
    v.metadata({ description: 'One to five IPv4 ranges that may reach the load balancer' }),
  ),
  certificateArn: v.pipe(
    v.optional(certificateArn),
    v.metadata({ description: 'Certificate in ACM; with it the load balancer speaks HTTPS and redirects HTTP' }),
  ),
  accessLogBucket: v.pipe(
    v.optional(bucket),
    v.metadata({ description: 'Existing bucket that takes the access logs; its policy must admit the load balancer' }),
  ),
  idleTimeoutSeconds: v.pipe(
    v.optional(whole(1, 4000), 60),
    v.metadata({ description: 'Seconds after which the load balancer closes an idle connection' }),
  ),
  logRetentionDays: v.pipe(v.optional(retentionDays, 30), v.metadata({ description: 'Days that logs are kept' })),
  imageRepositories: v.pipe(
    v.optional(v.array(repository), []),
    v.metadata({ description: 'ECR repositories of this account that tasks may pull from; public images need none' }),
  ),
  alarmEmail: v.pipe(v.optional(email), v.metadata({ description: 'Address that alarms are sent to' })),
  serverErrorsPerMinute: v.pipe(
    v.optional(whole(0, 1_000_000), 10),
    v.metadata({ description: '5xx answers per minute above which an alarm goes off' }),
  ),
  latencyMs: v.pipe(
    v.optional(whole(1, 600_000), 2000),
    v.metadata({ description: '95th percentile of response times above which an alarm goes off, in milliseconds' }),
  ),
});

export type ClusterConfig = v.InferOutput<typeof clusterConfig>;
