import type { Environment } from '@roundtrip/environment';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatMoment, later, weekendOf } from './weekend.ts';

const HOUR_MS = 3_600_000;

test('an environment without a schedule is away for the weekend', () => {
  const { standsMs, awayMs } = weekendOf({} as Environment);
  assert.equal([standsMs / HOUR_MS, awayMs / HOUR_MS], [109, 59]);
});

test('a schedule may go over the end of the week', () => {
  const schedule = {
    timezone: 'UTC',
    destroy: { day: 'sunday', time: '23:30' },
    rebuild: { day: 'monday', time: '00:30' },
  } as const;
  assert.is(weekendOf({ schedule } as unknown as Environment).awayMs, HOUR_MS);
});

test('an end is the minute in which it is over, also on the next day', () => {
  assert.is(formatMoment(later({ day: 'friday', time: '19:00' }, 61_000)), 'Friday at 19:02');
  assert.is(formatMoment(later({ day: 'sunday', time: '23:59' }, 60_000)), 'Monday at 00:00');
});

test.run();
