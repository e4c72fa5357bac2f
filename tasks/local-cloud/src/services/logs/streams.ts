import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { dropStream, putStream, streamsOf } from '../../catalog/log-streams.ts';
import type { LogStream } from '../../catalog/log-streams.ts';
import { dropRecord } from '../../catalog/stored-record.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { pageOf } from '../page.ts';
import { invalidParameter, invalidToken, logGroupOf, notFound } from './group.ts';

const PAGE_SIZE = 50;

export function createLogStream(world: World, input: Logs.CreateLogStreamRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const name = input.logStreamName ?? '';
  if (!/^[^:*]{1,512}$/.test(name)) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'logStreamName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [^:*]*',
    );
  }
  if (streamsOf(world, call.realm, group.id).get(name) !== undefined) {
    throw new ServiceError('ResourceAlreadyExistsException', 'The specified log stream already exists');
  }
  putStream(world, call.realm, group.id, name);
  return {};
}

export function deleteLogStream(world: World, input: Logs.DeleteLogStreamRequest, call: Call): object {
  const group = logGroupOf(world, call.realm, input.logGroupName);
  const { name } = logStreamOf(world, call.realm, group.id, input.logStreamName);
  dropStream(world, call.realm, group.id, name);
  // One that a stack has made is a record too.
  dropRecord(world, call.realm, { type: 'AWS::Logs::LogStream', id: `${group.id}|${name}` });
  return {};
}

export function describeLogStreams(
  world: World,
  input: Logs.DescribeLogStreamsRequest,
  call: Call,
): Logs.DescribeLogStreamsResponse {
  const group = logGroupOf(world, call.realm, input.logGroupName ?? input.logGroupIdentifier);
  const { logStreamNamePrefix = '', orderBy = 'LogStreamName', descending = false } = input;
  if (orderBy === 'LastEventTime' && input.logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const streams = [...streamsOf(world, call.realm, group.id).values()]
    .filter(({ name }) => name.startsWith(logStreamNamePrefix))
    .sort(orderBy === 'LastEventTime' ? byLastEvent : byName);
  if (descending) streams.reverse();
  const { items, nextToken } = pageOf(streams, input.limit ?? PAGE_SIZE, input.nextToken, invalidToken);
  return { logStreams: items.map(describe), ...(nextToken === undefined ? {} : { nextToken }) };
}

/** @throws ServiceError ResourceNotFoundException */
export function logStreamOf(world: World, realm: Realm, group: string, name: string | undefined): LogStream {
  const stream = streamsOf(world, realm, group).get(name ?? '');
  if (stream === undefined) throw notFound('stream');
  return stream;
}

function byName(left: LogStream, right: LogStream): number {
  return left.name < right.name ? -1 : 1;
}

function byLastEvent(left: LogStream, right: LogStream): number {
  return (left.lastEventAt ?? 0) - (right.lastEventAt ?? 0) || byName(left, right);
}

function describe({ name, arn, createdAt, firstEventAt, lastEventAt, lastIngestedAt }: LogStream): Logs.LogStream {
  return {
    logStreamName: name,
    creationTime: createdAt,
    arn,
    storedBytes: 0,
    uploadSequenceToken: '0',
    ...(firstEventAt === undefined ? {} : { firstEventTimestamp: firstEventAt }),
    ...(lastEventAt === undefined ? {} : { lastEventTimestamp: lastEventAt }),
    ...(lastIngestedAt === undefined ? {} : { lastIngestionTime: lastIngestedAt }),
  };
}
