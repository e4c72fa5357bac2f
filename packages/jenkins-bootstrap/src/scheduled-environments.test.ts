import { formatProblems } from '@roundtrip/problem';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { scheduledEnvironments } from './scheduled-environments.ts';

const SCHEDULE = `schedule:
  timezone: Europe/Berlin
  destroy: { day: friday, time: '19:00' }
  rebuild: { day: monday, time: '06:00' }
`;
const problemsOf = (text: string) => formatProblems(scheduledEnvironments([{ name: 'stage', text }]).problems);

test('finds the environments that have a schedule', () => {
  const { environments, problems } = scheduledEnvironments([
    { name: 'prod', text: 'protect: true\n' },
    { name: 'stage', text: SCHEDULE },
  ]);
  assert.equal(problems, []);
  assert.equal(environments, [
    {
      name: 'stage',
      schedule: {
        timezone: 'Europe/Berlin',
        destroy: { day: 'friday', time: '19:00' },
        rebuild: { day: 'monday', time: '06:00' },
      },
    },
  ]);
});

test('a protected environment cannot be destroyed by the clock', () => {
  assert.is(
    problemsOf(`protect: true\n${SCHEDULE}`),
    `envs/stage.yaml:3:3: schedule destroys this environment every week, but protect is true
  next: take the schedule out, or write "protect: false"`,
  );
});

test('a timezone that does not exist is refused at its place', () => {
  assert.is(
    problemsOf(SCHEDULE.replace('Berlin', 'Berlyn')),
    `envs/stage.yaml:2:13: schedule.timezone is "Europe/Berlyn"
  next: write { timezone: Europe/Berlin, destroy: { day: friday, time: '19:00' }, rebuild: { day: monday, time: '06:00' } }`,
  );
});

test('a missing half is refused', () => {
  assert.is(
    problemsOf(SCHEDULE.replace(/ {2}rebuild.*\n/, '')),
    `envs/stage.yaml:2:3: schedule.rebuild is missing
  next: write { timezone: Europe/Berlin, destroy: { day: friday, time: '19:00' }, rebuild: { day: monday, time: '06:00' } }`,
  );
});

test.run();
