import { ServiceError } from '../../world.ts';

type Values = Readonly<Record<string, unknown>>;

/** From the API's words to those of a template, which names the same things otherwise. */
export function lifecycleToTemplate({ Rules = [] }: Values): object {
  return { Rules: (Rules as Values[]).map(ruleToTemplate) };
}

/** The other way round. */
export function lifecycleFromTemplate({ Rules = [] }: Values): object {
  return { Rules: (Rules as Values[]).map(ruleFromTemplate) };
}

const KNOWN: ReadonlySet<string> = new Set([
  'ID',
  'Status',
  'Prefix',
  'Filter',
  'Expiration',
  'Transitions',
  'NoncurrentVersionExpiration',
  'AbortIncompleteMultipartUpload',
]);

function ruleToTemplate(rule: Values): object {
  const unknown = Object.keys(rule).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) {
    throw new ServiceError('NotImplemented', `The local cloud does not simulate ${unknown} in s3 lifecycle rules`, 501);
  }
  const { ID, Status, Prefix, AbortIncompleteMultipartUpload, NoncurrentVersionExpiration } = rule;
  const filter = rule['Filter'] as Values | undefined;
  const expiration = (rule['Expiration'] ?? {}) as Values;
  const transitions = rule['Transitions'] as Values[] | undefined;
  return defined({
    Id: ID,
    Status,
    Prefix: Prefix ?? filter?.['Prefix'],
    ExpirationInDays: expiration['Days'],
    ExpirationDate: (expiration['Date'] as Date | undefined)?.toISOString(),
    ExpiredObjectDeleteMarker: expiration['ExpiredObjectDeleteMarker'],
    NoncurrentVersionExpiration,
    AbortIncompleteMultipartUpload,
    Transitions: transitions?.map(({ Days, Date: at, StorageClass }) =>
      defined({ TransitionInDays: Days, TransitionDate: (at as Date | undefined)?.toISOString(), StorageClass }),
    ),
  });
}

function ruleFromTemplate(rule: Values): object {
  const { Id, Status, Prefix, ExpirationInDays, ExpirationDate, ExpiredObjectDeleteMarker } = rule;
  const { AbortIncompleteMultipartUpload: abort, NoncurrentVersionExpiration: old } = rule as Record<string, Values>;
  const oldDays = old?.['NoncurrentDays'] ?? rule['NoncurrentVersionExpirationInDays'];
  const expiration = defined({
    Days: number(ExpirationInDays),
    Date: ExpirationDate === undefined ? undefined : new Date(String(ExpirationDate)),
    ExpiredObjectDeleteMarker:
      ExpiredObjectDeleteMarker === undefined ? undefined : String(ExpiredObjectDeleteMarker) === 'true',
  });
  return defined({
    ID: Id,
    Status,
    Filter: { Prefix: Prefix ?? '' },
    Expiration: Object.keys(expiration).length === 0 ? undefined : expiration,
    NoncurrentVersionExpiration:
      oldDays === undefined
        ? undefined
        : defined({
            NoncurrentDays: Number(oldDays),
            NewerNoncurrentVersions: number(old?.['NewerNoncurrentVersions']),
          }),
    AbortIncompleteMultipartUpload: abort && { DaysAfterInitiation: Number(abort['DaysAfterInitiation']) },
    Transitions: (rule['Transitions'] as Values[] | undefined)?.map(
      ({ TransitionInDays, TransitionDate, StorageClass }) =>
        defined({
          Days: number(TransitionInDays),
          Date: TransitionDate === undefined ? undefined : new Date(String(TransitionDate)),
          StorageClass,
        }),
    ),
  });
}

function number(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function defined(values: Values): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
