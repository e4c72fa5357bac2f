import type { Problem } from '@roundtrip/problem';
import { githubSchedule } from './github-schedule.ts';
import { jenkinsJobs } from './jenkins-jobs.ts';
import { jobsOf, type ScheduledEnvironment } from './jobs.ts';

export interface GeneratedFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly text: string;
}

export const JENKINS_JOBS = 'packages/jenkins-bootstrap/jcasc/jobs.yaml';
export const GITHUB_SCHEDULE = '.github/workflows/schedule.yml';

/** What follows from the schedules: the jobs of production's Jenkins, and the workflow of GitHub. */
export function generatedFiles(environments: readonly ScheduledEnvironment[]): GeneratedFile[] {
  const jobs = jobsOf(environments);
  if (jobs.length === 0) return [];
  return [
    { path: JENKINS_JOBS, text: jenkinsJobs(jobs) },
    { path: GITHUB_SCHEDULE, text: githubSchedule(jobs) },
  ];
}

/** One problem for each file that does not say what the schedules say, and for each that should not be there. */
export function staleFiles(files: readonly GeneratedFile[], read: (path: string) => string | undefined): Problem[] {
  return [JENKINS_JOBS, GITHUB_SCHEDULE].flatMap((path): Problem[] => {
    const wanted = files.find((file) => file.path === path)?.text;
    const found = read(path);
    if (wanted === found) return [];
    return [
      {
        code: 'stale-schedule',
        place: { file: path },
        what: found === undefined ? 'this file is missing' : 'this file is not what the schedules in envs/ say',
        why: 'Jenkins and GitHub would destroy and rebuild at other times than the env files have',
        next: 'make sync',
      },
    ];
  });
}
