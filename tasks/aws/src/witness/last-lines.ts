import { GetLogEventsCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { ContainerDefinition, Task } from '@aws-sdk/client-ecs';
import { ifThere } from '../if-there.ts';
import { withoutSecrets } from './without-secrets.ts';

const LINES_MAX = 8;
/** A stack trace in one line is longer; its beginning tells what it is. */
const CHARACTERS_MAX = 400;

/** The last lines that the containers of a task have written through awslogs, without secrets: `service | …`. */
export async function lastLines(
  logs: CloudWatchLogsClient,
  { taskArn = '' }: Task,
  containers: readonly ContainerDefinition[],
): Promise<readonly string[]> {
  const id = taskArn.split('/').at(-1) ?? '';
  const lines: string[] = [];
  for (const { name = '', logConfiguration: { logDriver, options = {} } = {} } of containers) {
    const { 'awslogs-group': logGroupName, 'awslogs-stream-prefix': prefix = 'ecs' } = options;
    if (logDriver !== 'awslogs' || logGroupName === undefined) continue;
    const logStreamName = `${prefix}/${name}/${id}`;
    const input = { logGroupName, logStreamName, limit: LINES_MAX, startFromHead: false };
    const answer = await ifThere(() => logs.send(new GetLogEventsCommand(input)));
    for (const { message = '' } of answer?.events ?? []) lines.push(`${name} | ${shortened(message)}`);
  }
  return lines;
}

function shortened(message: string): string {
  const [line = ''] = withoutSecrets(message.trimEnd()).split('\n');
  return line.length > CHARACTERS_MAX ? `${line.slice(0, CHARACTERS_MAX)} …` : line;
}
