import { whenOf, type Job } from './jobs.ts';
import { utcCrons } from './weekly-cron.ts';

/** Actions are pinned by commit, since a tag can be moved to another one. */
export const ACTIONS = {
  checkout: 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2',
  setupNode: 'actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af # v4.1.0',
  credentials: 'aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502 # v4.0.2',
} as const;

/** The same jobs as a GitHub workflow. */
export function githubSchedule(jobs: readonly Job[]): string {
  const crons = [...new Set(jobs.flatMap((job) => cronsOf(job).map(({ cron }) => cron)))];
  const byHand = jobs.map(({ name }) => name);
  const first = byHand.find((name) => name.startsWith('converge-')) ?? '';
  return `# Written from the schedules in envs/*.yaml by "make sync"; edit those.
#
# GitHub's clock knows UTC alone. Each local time has one entry for summer and one for winter, and the first step of a
# job lets only the one through whose offset is today's. It asks for the offset and not for the hour, since GitHub may
# start a scheduled run late. Production's Jenkins has the same schedule: GitHub's runs only where the repository's
# variable ROUNDTRIP_SCHEDULER says "github". The AWS role of an environment is the variable AWS_ROLE_ARN of the GitHub
# environment with its name; without it, the environment is expected to be one of the local cloud.
name: schedule

on:
  schedule:
${crons.map((cron) => `    - cron: '${cron}'`).join('\n')}
  workflow_dispatch:
    inputs:
      job:
        description: What to do now
        type: choice
        required: true
        default: ${first}
        options: [${byHand.join(', ')}]

permissions: {}

jobs:
${jobs.map(jobText).join('\n')}`;
}

const cronsOf = ({ at, timezone }: Job) => (at === undefined ? [] : utcCrons(at, timezone));

function jobText(job: Job): string {
  const crons = cronsOf(job);
  const gate = crons.length > 0;
  return `  # ${whenOf(job)}
  ${job.name}:
    name: make ${job.target}
    if: ${conditionOf(job)}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    environment: ${job.environment}
    concurrency:
      group: roundtrip-${job.environment}
      cancel-in-progress: false
    permissions:
      contents: read
      id-token: write
    steps:
${gate ? gateStep(job) : ''}${workSteps(job, gate)}`;
}

function conditionOf(job: Job): string {
  const byHand = `inputs.job == '${job.name}'`;
  const crons = cronsOf(job).map(({ cron }) => `github.event.schedule == '${cron}'`);
  if (crons.length === 0) return byHand;
  return `>-
      ${byHand} ||
      (vars.ROUNDTRIP_SCHEDULER == 'github' && (${crons.join(' || ')}))`;
}

function gateStep(job: Job): string {
  const cases = cronsOf(job).map(({ cron, offset }) => `            '${cron}') wanted='${offset}' ;;`);
  return `      - name: Let only the right offset of ${job.timezone} through
        id: clock
        env:
          SCHEDULE: \${{ github.event.schedule }}
        run: |
          today=$(TZ='${job.timezone}' date +%z)
          case "$SCHEDULE" in
${cases.join('\n')}
            *) wanted="$today" ;;
          esac
          if [ "$today" = "$wanted" ]; then due=true; else due=false; fi
          echo "due=$due" >> "$GITHUB_OUTPUT"
          echo "offset today $today, wanted $wanted: due=$due"
`;
}

function workSteps(job: Job, gate: boolean): string {
  const due = `steps.clock.outputs.due == 'true'`;
  const only = gate ? `\n        if: ${due}` : '';
  const withRole = `vars.AWS_ROLE_ARN != ''`;
  return `      - uses: ${ACTIONS.checkout}${only}
        with:
          persist-credentials: false
      - uses: ${ACTIONS.setupNode}${only}
        with:
          node-version: 20.19.0
          cache: npm
      - uses: ${ACTIONS.credentials}
        if: ${gate ? `${due} && ${withRole}` : withRole}
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }}
          role-session-name: ${job.name}
          aws-region: \${{ vars.AWS_REGION }}
      - run: make ${job.target}${only}
`;
}
