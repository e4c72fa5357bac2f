import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { addEvents, eventsOf } from '../../catalog/log-streams.ts';
import type { LogEvent } from '../../catalog/log-streams.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { invalidParameter, invalidToken, logGroupOf } from './group.ts';
import { matcherOf } from './filter-pattern.ts';
import { logStreamOf } from './streams.ts';

const EVENTS_MAX = 10_000;
const DAY_MS = 86_400_000;
const PAST_MS_MAX = 14 * DAY_MS;
const FUTURE_MS_MAX = 2 * 3_600_000;

export function putLogEvents(world: World, input: Logs.PutLogEventsRequest, call: Call): Logs.PutLogEventsResponse {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const stream = logStreamOf(world, call.realm, group.id, input.logStreamName);
  const given = (input.logEvents ?? []).map(({ timestamp = 0, message = '' }) => ({ timestamp, message }));
  if (given.some(({ timestamp }, index) => timestamp < (given[index - 1]?.timestamp ?? 0))) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
  }
  const accepted = given.filter(
    ({ timestamp }) => timestamp > world.now - PAST_MS_MAX && timestamp < world.now + FUTURE_MS_MAX,
  );
  addEvents(world, call.realm, group.id, stream.name, accepted);
  return { nextSequenceToken: '0', ...rejected(world, given) };
}

export function getLogEvents(world: World, input: Logs.GetLogEventsRequest, call: Call): Logs.GetLogEventsResponse {
  const group = logGroupOf(world, call.realm, input.logGroupName ?? input.logGroupIdentifier);
  const stream = logStreamOf(world, call.realm, group.id, input.logStreamName);
  const all = kept(world, call.realm, group).filter(
    (event) => event.stream === stream.name && isBetween(event, input.startTime, input.endTime),
  );
  const size = input.limit ?? EVENTS_MAX;
  const [start, end] = windowOf(all.length, size, input);
  return {
    events: all.slice(start, end).map(({ timestamp, message, ingestedAt }) => ({
      timestamp,
      message,
      ingestionTime: ingestedAt,
    })),
    nextForwardToken: `f/${String(end).padStart(56, '0')}/s`,
    nextBackwardToken: `b/${String(start).padStart(56, '0')}/s`,
  };
}

export function filterLogEvents(
  world: World,
  input: Logs.FilterLogEventsRequest,
  call: Call,
): Logs.FilterLogEventsResponse {
  const group = logGroupOf(world, call.realm, input.logGroupName ?? input.logGroupIdentifier);
  const { logStreamNames, logStreamNamePrefix = '', startTime, endTime } = input;
  if (logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.');
  }
  const matches = matcherOf(input.filterPattern ?? '');
  const found = kept(world, call.realm, group).filter(
    (event) =>
      (logStreamNames?.includes(event.stream) ?? event.stream.startsWith(logStreamNamePrefix)) &&
      isBetween(event, startTime, endTime) &&
      matches(event.message),
  );
  const { items, nextToken } = pageOf(found, input.limit ?? EVENTS_MAX, input.nextToken, invalidToken);
  return {
    events: items.map(({ id, stream, timestamp, message, ingestedAt }) => ({
      eventId: id,
      logStreamName: stream,
      timestamp,
      message,
      ingestionTime: ingestedAt,
    })),
    searchedLogStreams: [],
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

/** What the group's retention has not taken away, oldest first. */
function kept(world: World, realm: Realm, group: Resource): LogEvent[] {
  const days = Number(group.properties['RetentionInDays'] ?? Number.POSITIVE_INFINITY);
  return [...eventsOf(world, realm, group.id).values()]
    .filter(({ timestamp }) => timestamp >= world.now - days * DAY_MS)
    .sort((left, right) => left.timestamp - right.timestamp);
}

function isBetween({ timestamp }: LogEvent, start = 0, end = Number.POSITIVE_INFINITY): boolean {
  return timestamp >= start && timestamp < end;
}

/** Without a token the newest, or from the head where asked; a token goes on forwards or backwards from its place. */
function windowOf(count: number, size: number, input: Logs.GetLogEventsRequest): readonly [number, number] {
  const token = /^([fb])\/(\d{56})\/s$/.exec(input.nextToken ?? '');
  if (input.nextToken !== undefined && token === null) {
    throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  if (token === null)
    return input.startFromHead === true ? [0, Math.min(size, count)] : [Math.max(0, count - size), count];
  const place = Math.min(Number(token[2]), count);
  return token[1] === 'f' ? [place, Math.min(place + size, count)] : [Math.max(0, place - size), place];
}

function rejected(world: World, events: readonly { timestamp: number }[]): Logs.PutLogEventsResponse {
  const tooOld = events.filter(({ timestamp }) => timestamp <= world.now - PAST_MS_MAX).length;
  const tooNew = events.findIndex(({ timestamp }) => timestamp >= world.now + FUTURE_MS_MAX);
  if (tooOld === 0 && tooNew < 0) return {};
  return {
    rejectedLogEventsInfo: {
      ...(tooOld === 0 ? {} : { tooOldLogEventEndIndex: tooOld }),
      ...(tooNew < 0 ? {} : { tooNewLogEventStartIndex: tooNew }),
    },
  };
}
