import * as v from 'valibot';

const described = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.pipe(schema, v.metadata({ description }));

const wholeNumber = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** The retention periods that CloudWatch Logs knows, in days, up to two years. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

/** Sizes by name, because Fargate offers only certain pairs. */
export const SIZES = {
  small: { cpu: 512, memoryMb: 2048 },
  medium: { cpu: 1024, memoryMb: 4096 },
  large: { cpu: 2048, memoryMb: 8192 },
} as const;

const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const cidr = v.pipe(
  v.string(),
  v.regex(
    new RegExp(`^${OCTET}(\\.${OCTET}){3}/(3[0-2]|[12]?\\d)$`),
    'write an IPv4 range such as 203.0.113.0/24, or 203.0.113.7/32 for one address',
  ),
);

const size = v.picklist(['small', 'medium', 'large']);
const image = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9.-]+\/[a-z0-9./_-]+(:(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*|@sha256:[0-9a-f]{64})$/),
);

/** The `jenkins-bootstrap:` section of an env file. */
export const configSchema = v.strictObject({
  hostName: v.optional(
    described(
      v.pipe(v.string(), v.regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/)),
      'host name that leads to Jenkins over HTTPS; without it Jenkins is at /jenkins on the load balancer',
    ),
  ),
  allowedCidrs: v.optional(
    described(
      v.pipe(v.array(cidr), v.maxLength(3)),
      'one to three IPv4 ranges that people reach Jenkins from; without them everybody whom the load balancer admits',
    ),
    [],
  ),
  priority: v.optional(described(wholeNumber(1, 99), "the listener rule's priority, before those of the services"), 10),
  controllerImage: v.optional(
    described(image, "the controller's image, pinned"),
    'docker.io/jenkins/jenkins:2.504.3-lts-jdk21',
  ),
  controllerSize: v.optional(described(size, 'small: 0.5 cores, 2 GB; medium: 1, 4; large: 2, 8'), 'medium'),
  agentImage: v.optional(
    described(image, 'image of an inbound agent, which gives Java and the program of the agent, pinned'),
    'docker.io/jenkins/inbound-agent:3309.v27b_9314fd1a_4-6',
  ),
  agentToolsImage: v.optional(
    described(image, 'image with node, npm, make and git that the jobs run in, pinned'),
    'public.ecr.aws/docker/library/node:22.14.0-bookworm',
  ),
  agentSize: v.optional(described(size, 'small: 0.5 cores, 2 GB; medium: 1, 4; large: 2, 8'), 'medium'),
  agentsMax: v.optional(described(wholeNumber(1, 100), 'most agents at a time'), 4),
  agentRoleArns: v.optional(
    described(
      v.array(v.pipe(v.string(), v.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[A-Za-z0-9_+=,.@/-]+$/))),
      'the roles that jobs may assume: those of the env files that have a schedule',
    ),
    [],
  ),
  jobs: v.optional(
    described(
      v.boolean(),
      "true: this Jenkins keeps the env files' schedules; production's does, the others have none",
    ),
    false,
  ),
  repositoryUrl: v.optional(
    described(v.pipe(v.string(), v.regex(/^https:\/\/\S+$/)), 'git repository with the env files, over HTTPS'),
  ),
  repositoryBranch: v.optional(described(v.pipe(v.string(), v.nonEmpty()), 'branch that the jobs check out'), 'main'),
  keepHome: v.optional(
    described(
      v.boolean(),
      'true: the file system with the home of Jenkins is kept when its stack goes; as the environment is protected by default',
    ),
  ),
  backups: v.optional(described(v.boolean(), 'true: AWS Backup keeps daily copies of the home'), false),
  logRetentionDays: v.optional(described(v.picklist(RETENTION_DAYS), 'how long logs are kept'), 30),
});

export type JenkinsConfig = v.InferOutput<typeof configSchema>;

/** The largest values that need no raised limit. */
export const LIMITS = { agentsMax: 10 } as const;
