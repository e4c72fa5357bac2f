import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { toCloudError } from '@roundtrip/aws';
import { EXIT, ProblemError, type Problem } from '@roundtrip/problem';
import type { AuditView } from '@roundtrip/view';
import { auditRun, type AuditedRun } from './audit-run.ts';
import { guardAccount } from './guards.ts';
import { latestJournals, runFiles } from './journal-file.ts';
import { openEnvironment } from './open-environment.ts';

/** Copies that are read at once. */
const READS_MAX = 8;

export interface Audited {
  readonly view: AuditView;
  /** Each journal or copy that is not what was written, with the first line that shows it. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the journals of the latest runs, here and in the account's bucket, and checks each against its chain and against
 * its copy. Only reads.
 * @param count how many runs
 * @throws ProblemError, exit code 3, where the account or the copies cannot be read
 */
export async function auditEnvironment(
  root: string,
  environment: string,
  count: number,
  env: NodeJS.ProcessEnv,
): Promise<Audited> {
  const open = await openEnvironment(root, environment, env);
  await guardAccount(open);
  const place = `s3://${open.bucket.name}/journals/${environment}`;
  const local = latestJournals(root, environment, count).map((path) => basename(path, '.jsonl'));
  try {
    const journals = await open.bucket.journals();
    const copied = new Set(await journals.list(environment, count));
    const runs = [...new Set([...local, ...copied])].sort().slice(-count);
    const audited: AuditedRun[] = [];
    for (let from = 0; from < runs.length; from += READS_MAX) {
      const batch = runs.slice(from, from + READS_MAX).map(async (run) => {
        const file = runFiles(environment, run).journal;
        const path = join(root, file);
        // The copy first: a journal only grows, and a run that goes on may copy it while it is looked at.
        const copy = copied.has(run) ? await journals.read(environment, run) : undefined;
        const journal = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
        return auditRun({ run, file, journal, place: journals.placeOf(environment, run), copy });
      });
      audited.push(...(await Promise.all(batch)));
    }
    const view = {
      environment,
      folder: join('.roundtrip/runs', environment),
      place,
      runs: audited.map((one) => one.view),
    };
    return { view, problems: audited.flatMap((one) => one.problems) };
  } catch (error) {
    throw unread(place, error);
  }
}

function unread(place: string, error: unknown): ProblemError {
  const { message, code } = toCloudError(error);
  const problem = {
    code: 'audit-unread',
    what: `The copies in ${place} cannot be read: ${message} (${code})`,
    why: 'a journal alone does not show that nothing was cut off its end',
    next: 'let the caller list and read that bucket (s3:ListBucket, s3:GetObject)',
  };
  return new ProblemError(problem, EXIT.refused, { cause: error });
}
