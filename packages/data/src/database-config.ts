import * as v from 'valibot';

/** The periods that CloudWatch Logs offers and that people use. */
const retentionDays = v.picklist([1, 3, 5, 7, 14, 30, 60, 90, 180, 365, 731, 1827, 3653]);

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const text = (pattern: RegExp, message: string) => v.pipe(v.string(), v.regex(pattern, message));

const identifier = text(/^[a-z][a-z0-9_]{0,62}$/, 'write small letters, digits and _, a letter first, 63 at most');
const hours = '([01]\\d|2[0-3]):[0-5]\\d';
const weekday = '(mon|tue|wed|thu|fri|sat|sun)';

export const databaseConfig = v.strictObject({
  engineVersion: v.pipe(
    v.optional(text(/^1[3-8](\.\d{1,2})?$/, "write a PostgreSQL version from 13 to 18, quoted: '17' or '17.6'"), '17'),
    v.metadata({ description: "PostgreSQL version, quoted; '17' takes the minor version that AWS prefers" }),
  ),
  allowMajorVersionUpgrade: v.pipe(
    v.optional(v.boolean(), false),
    v.metadata({ description: 'Whether an update may go to another major version' }),
  ),
  instanceClass: v.pipe(
    v.optional(text(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, 'write an instance class such as db.t4g.micro'), 'db.t4g.micro'),
    v.metadata({ description: 'Instance class' }),
  ),
  storageGb: v.pipe(
    v.optional(whole(20, 65_536), 20),
    v.metadata({ description: 'Storage in gibibytes at first; it can grow but never shrink' }),
  ),
  maxStorageGb: v.pipe(
    v.optional(whole(20, 65_536), 100),
    v.metadata({ description: 'Storage in gibibytes up to which RDS grows it; the same as storageGb turns that off' }),
  ),
  multiAz: v.pipe(
    v.optional(v.boolean(), false),
    v.metadata({ description: 'Whether a standby runs in another zone' }),
  ),
  databaseName: v.pipe(
    v.optional(identifier, 'platform'),
    v.metadata({ description: 'Name of the database that is made at first' }),
  ),
  masterUser: v.pipe(v.optional(identifier, 'platform'), v.metadata({ description: 'Name of the master user' })),
  clientSecurityGroupId: v.pipe(
    v.optional(text(/^sg-[0-9a-f]{8,17}$/, 'write the id of a security group, such as sg-0123456789abcdef0')),
    v.metadata({ description: 'Security group that may reach the database, beside the private subnets' }),
  ),
  backupRetentionDays: v.pipe(
    v.optional(whole(0, 35), 7),
    v.metadata({ description: 'Days that automated backups are kept; 0 makes none' }),
  ),
  backupWindow: v.pipe(
    v.optional(text(new RegExp(`^${hours}-${hours}$`), 'write it in UTC, such as 02:00-03:00'), '02:00-03:00'),
    v.metadata({ description: 'Daily backup window in UTC, 30 minutes or more' }),
  ),
  maintenanceWindow: v.pipe(
    v.optional(
      text(new RegExp(`^${weekday}:${hours}-${weekday}:${hours}$`), 'write it in UTC, such as sun:03:30-sun:04:30'),
      'sun:03:30-sun:04:30',
    ),
    v.metadata({ description: 'Weekly maintenance window in UTC, apart from the backup window' }),
  ),
  deletionProtection: v.pipe(
    v.optional(v.boolean()),
    v.metadata({
      description: 'Whether the database refuses to be deleted; as the environment is protected by default',
    }),
  ),
  finalSnapshot: v.pipe(
    v.optional(v.boolean()),
    v.metadata({
      description:
        'Whether a snapshot, and the key to it, outlive the database; as the environment is protected by default',
    }),
  ),
  keyPendingWindowDays: v.pipe(
    v.optional(whole(7, 30), 7),
    v.metadata({ description: 'Days between the deletion of the key and its end' }),
  ),
  performanceInsightsRetentionDays: v.pipe(
    v.optional(v.picklist([0, 7, 31, 93, 186, 372, 731]), 0),
    v.metadata({ description: 'Days that Performance Insights keeps; 0 turns it off, 7 is free' }),
  ),
  monitoringIntervalSeconds: v.pipe(
    v.optional(v.picklist([0, 1, 5, 10, 15, 30, 60]), 0),
    v.metadata({ description: 'Seconds between two measurements of enhanced monitoring; 0 turns it off' }),
  ),
  slowQueryMs: v.pipe(
    v.optional(whole(-1, 3_600_000), 500),
    v.metadata({ description: 'Milliseconds from which a statement is logged; -1 for never' }),
  ),
  logRetentionDays: v.pipe(v.optional(retentionDays, 30), v.metadata({ description: 'Days that logs are kept' })),
  alarmEmail: v.pipe(
    v.optional(text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'write an e-mail address')),
    v.metadata({ description: 'Address that alarms are sent to' }),
  ),
  alarmCpuPercent: v.pipe(
    v.optional(whole(1, 100), 80),
    v.metadata({ description: 'CPU use above which an alarm goes off, in percent' }),
  ),
  alarmFreeStoragePercent: v.pipe(
    v.optional(whole(1, 90), 15),
    v.metadata({ description: 'Free share of storageGb below which an alarm goes off, in percent' }),
  ),
  alarmFreeMemoryMb: v.pipe(
    v.optional(whole(16, 1_000_000), 96),
    v.metadata({ description: 'Free memory below which an alarm goes off, in mebibytes' }),
  ),
  alarmConnections: v.pipe(
    v.optional(whole(1, 100_000), 80),
    v.metadata({ description: 'Open connections above which an alarm goes off; db.t4g.micro takes about 110' }),
  ),
});

export type DatabaseConfig = v.InferOutput<typeof databaseConfig>;
