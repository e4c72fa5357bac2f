import type { Resource } from '../resource.ts';
import { noLog } from '../store/log.ts';
import type { Log } from '../store/log.ts';

export interface RecordingLog extends Log {
  /** Every resource of every account and region, as the cloud would find it after a restart. */
  resources(): Resource[];
}

/** A log that keeps the last state of each record, so that a test sees what no API shows: all that is there. */
export function recordingLog(): RecordingLog {
  const records = new Map<string, Resource>();
  return {
    ...noLog,
    append({ c: changes }) {
      for (const [table, account, region, id, record] of changes) {
        if (table !== 'resource') continue;
        const key = [account, region, id].join(' ');
        if (record === null) records.delete(key);
        else records.set(key, record as Resource);
      }
    },
    resources: () => [...records.values()],
  };
}
