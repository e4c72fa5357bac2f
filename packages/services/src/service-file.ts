import * as v from 'valibot';

const described = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.pipe(schema, v.metadata({ description }));

const wholeNumber = (min: number, max: number) => {
  const words = `a whole number from ${min} to ${max}`;
  return v.pipe(v.number(words), v.integer(words), v.minValue(min, words), v.maxValue(max, words));
};

const matching = (pattern: RegExp, words: string) => v.pipe(v.string(words), v.regex(pattern, words));

const NAME = /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/;
const serviceName = matching(NAME, 'the name of a service, such as catalog');

/** A value that another stack gives: `{ from: data, output: DatabaseEndpoint }`, `{ from: services/api, output: Url }`. */
const outputValue = v.strictObject({
  from: described(
    matching(/^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/, 'a layer or a service, such as data or services/catalog'),
    'a layer that packages/services/package.json depends on, or services/<service>',
  ),
  output: described(
    matching(/^[A-Za-z0-9]+$/, 'the name of an output, such as DatabaseEndpoint'),
    'name of its output',
  ),
});

const ENVIRONMENT_NAME = 'a name of letters, digits and underscores that begins with no digit, such as LOG_LEVEL';
const environmentName = matching(/^[A-Za-z_][A-Za-z0-9_]*$/, ENVIRONMENT_NAME);
const ENVIRONMENT_VALUE = 'text, a number, true or false, or { from: <layer>, output: <name> }';
const environmentValue = v.union([v.string(), v.number(), v.boolean(), outputValue], ENVIRONMENT_VALUE);

const SECRET_VALUE =
  '{ from: <layer>, output: <name>, key: <json key> } or { arn: <ARN of a secret>, key: <json key> }';
const secretKey = v.optional(matching(/^[A-Za-z0-9_.-]+$/, 'a key of the JSON that the secret holds'), '');
const secretValue = v.union(
  [
    v.strictObject({ ...outputValue.entries, key: secretKey }),
    v.strictObject({
      arn: matching(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$/, 'the ARN of a secret'),
      key: secretKey,
    }),
  ],
  SECRET_VALUE,
);

export const autoscalingSchema = v.strictObject({
  min: described(wholeNumber(1, 1000), 'fewest tasks'),
  max: described(wholeNumber(1, 1000), 'most tasks'),
  cpuPercent: described(wholeNumber(10, 95), 'average CPU that scaling keeps to, in percent'),
});

const PATH = 'a path that begins with / and has no wildcard, such as /catalog';
const EXPRESSION = 'cron(<minute> <hour> <day> <month> <weekday> <year>) or rate(<number> minutes|hours|days)';

const TIMEZONE = 'an IANA timezone, such as Europe/Berlin';

/** EventBridge Scheduler refuses others, but only when the stack is half built. */
function isTimezone(name: string): boolean {
  // Offsets such as +02:00 are timezones to Intl alone.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** One service as its file says it; the file's name is the service's name. */
export const serviceFileSchema = v.strictObject({
  description: described(v.optional(v.string('text')), 'one sentence for people'),
  image: described(
    matching(
      /^[a-z0-9./_-]+(:\d+\/[a-z0-9./_-]+)?(:(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*|@sha256:[0-9a-f]{64})$/,
      'an image with a tag other than latest, or a digest',
    ),
    'container image, pinned by tag or digest',
  ),
  command: described(
    v.optional(v.array(matching(/^[^,]*$/, 'text without a comma'), 'a list of texts'), []),
    "the image's command; without commas, which CloudFormation uses between the parts",
  ),
  user: described(
    v.optional(matching(/^\d+(:\d+)?$/, 'a numeric user, or user:group, in quotes'), '1000:1000'),
    'user and group that the container runs as',
  ),
  cpu: described(wholeNumber(256, 16384), 'CPU units of a task; 1024 are one core'),
  memoryMb: described(wholeNumber(512, 122880), 'memory of a task'),
  port: described(v.optional(wholeNumber(1, 65535)), 'port that the container listens on'),
  path: described(
    v.optional(matching(/^\/$|^(\/[A-Za-z0-9_.~-]+)+$/, PATH)),
    'path behind the load balancer; without it the service is reached from inside only',
  ),
  priority: described(
    v.optional(wholeNumber(100, 50000)),
    "the listener rule's priority; left out, it follows from the path",
  ),
  healthCheck: described(
    v.optional(
      v.strictObject({
        path: v.optional(matching(/^\/\S*$/, 'a path that begins with /'), '/'),
        graceSeconds: v.optional(wholeNumber(0, 3600), 60),
        command: v.optional(v.array(matching(/^[^,]+$/, 'text without a comma'), 'a list of texts'), []),
      }),
      {},
    ),
    'how to find out whether a task is well: path for the load balancer, command for ECS, inside the container',
  ),
  count: described(v.optional(wholeNumber(0, 1000)), 'number of tasks; left out, the env file says it'),
  autoscaling: described(v.optional(autoscalingSchema), 'let the number of tasks follow their CPU'),
  environment: described(v.optional(v.record(environmentName, environmentValue), {}), 'environment variables'),
  secrets: described(
    v.optional(v.record(environmentName, secretValue), {}),
    'environment variables from Secrets Manager',
  ),
  schedule: described(
    v.optional(
      v.strictObject({
        expression: matching(/^(cron\((\S+ ){5}\S+\)|rate\([1-9]\d* (minute|hour|day)s?\))$/, EXPRESSION),
        timezone: v.optional(v.pipe(v.string(TIMEZONE), v.check(isTimezone, TIMEZONE)), 'UTC'),
      }),
    ),
    'makes it a task that EventBridge Scheduler starts, instead of a service',
  ),
  dependsOn: described(
    v.optional(v.array(serviceName, 'a list of services'), []),
    'services that must be running first',
  ),
});

export type ServiceFile = v.InferOutput<typeof serviceFileSchema>;
export type EnvironmentValue = v.InferOutput<typeof environmentValue>;
export type SecretValue = v.InferOutput<typeof secretValue>;

/** A service with the name that its file gives it, and where the file stands. */
export interface Service extends ServiceFile {
  readonly name: string;
}

/** What the file name (without `.yaml`) must look like. */
export const isServiceName = (name: string): boolean => NAME.test(name);
