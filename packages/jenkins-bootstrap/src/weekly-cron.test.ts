import type { WeeklyTime } from '@roundtrip/environment';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { utcCrons, weeklyCron } from './weekly-cron.ts';

const at = (day: WeeklyTime['day'], time: string): WeeklyTime => ({ day, time });

test('a local time is one expression on its own clock', () => {
  assert.is(weeklyCron(at('friday', '19:00')), '0 19 * * 5');
  assert.is(weeklyCron(at('sunday', '00:05')), '5 0 * * 0');
});

test('a timezone with daylight saving gives two expressions in UTC', () => {
  assert.equal(utcCrons(at('friday', '19:00'), 'Europe/Berlin'), [
    { cron: '0 17 * * 5', offset: '+0200' },
    { cron: '0 18 * * 5', offset: '+0100' },
  ]);
});

test('a timezone without it gives one', () => {
  assert.equal(utcCrons(at('monday', '06:00'), 'UTC'), [{ cron: '0 6 * * 1', offset: '+0000' }]);
  assert.equal(utcCrons(at('monday', '06:00'), 'Asia/Kolkata'), [{ cron: '30 0 * * 1', offset: '+0530' }]);
});

test('the day changes with the hour, round the week too', () => {
  assert.equal(utcCrons(at('sunday', '01:30'), 'Asia/Tokyo'), [{ cron: '30 16 * * 6', offset: '+0900' }]);
  assert.equal(utcCrons(at('saturday', '22:00'), 'America/New_York'), [
    { cron: '0 2 * * 0', offset: '-0400' },
    { cron: '0 3 * * 0', offset: '-0500' },
  ]);
});

test.run();
