import * as v from 'valibot';

/** What can go wrong, and what it needs to be said besides. */
const KINDS = [
  'throttle',
  'error',
  'reset-before',
  'reset-after',
  'slow',
  'stale',
  'expired-credentials',
  'denied',
  'fail-create',
  'fail-update',
  'fail-delete',
  'capacity',
  'task-exits',
  'task-unhealthy',
] as const;

const seconds = (what: string) =>
  v.pipe(v.number(), v.minValue(0), v.maxValue(31_536_000), v.description(`${what}, in seconds of the cloud's clock`));
const pattern = (what: string) => v.pipe(v.string(), v.minLength(1), v.description(`${what}; * stands for anything`));

const fault = v.strictObject({
  fault: v.pipe(v.picklist(KINDS), v.description('what goes wrong')),
  service: v.optional(pattern('the name that requests are signed with: cloudformation')),
  operation: v.optional(pattern('Describe*')),
  account: v.optional(v.pipe(v.string(), v.regex(/^\d{12}$/), v.description('twelve digits, in quotes'))),
  region: v.optional(pattern('eu-west-1')),
  accessKeyId: v.optional(pattern('whose requests: ASIA* for all temporary credentials')),
  stack: v.optional(pattern("the stack's name")),
  resourceType: v.optional(pattern('AWS::EC2::*')),
  logicalId: v.optional(pattern('the logical id in the template')),
  afterSeconds: v.optional(seconds('how long after it was switched on it begins')),
  forSeconds: v.optional(seconds('how long it lasts')),
  everySeconds: v.optional(v.pipe(seconds('from the beginning of one storm to the next'), v.minValue(1))),
  chance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1), v.description('from 0 to 1; 1 unless said'))),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.description('how often at most'))),
  seconds: v.optional(seconds('how slow an answer is, or how old it may be')),
  code: v.optional(v.pipe(v.string(), v.minLength(1), v.description('the error code'))),
  status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599), v.description('HTTP status'))),
  text: v.optional(v.pipe(v.string(), v.minLength(1), v.description('what AWS says'))),
});

/** The file and the body of `PUT /_roundtrip/faults`. */
export const faultPlanSchema = v.strictObject({
  faults: v.pipe(v.array(fault), v.maxLength(1000), v.description('a list of faults')),
});

export type Fault = v.InferOutput<typeof fault>;
export type FaultKind = Fault['fault'];
/** Which faults are switched on, all at once. */
export type FaultPlan = v.InferOutput<typeof faultPlanSchema>;
