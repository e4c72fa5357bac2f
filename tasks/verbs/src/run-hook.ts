import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Hook, HookContext, HookPace } from '@roundtrip/environment';
import { $ } from 'zx/core';
import type { ConductorMessage } from './conductor-message.ts';

type RunHook = Extract<ConductorMessage, { type: 'run-hook' }>;

/** What a hook has of the run. */
export interface HookLine extends Pick<HookContext, 'log' | 'beforeWrite'> {
  readonly pace: HookPace;
}

/**
 * Runs one hook in this process with the environment's credentials in zx's shell.
 * @returns undefined when it succeeded, else what went wrong, in one text.
 */
export async function runHook(
  message: RunHook,
  signal: AbortSignal,
  { log, pace, beforeWrite }: HookLine,
): Promise<string | undefined> {
  const { input } = message;
  const shell = $({
    env: { ...process.env, ...awsEnv(input.aws) },
    quiet: true,
    signal,
    log: (entry) => {
      if (entry.kind === 'stdout' || entry.kind === 'stderr') logLines(entry.data.toString(), log);
    },
  });
  const context: HookContext<typeof shell> = {
    ...input,
    aws: { ...input.aws, pace },
    $: shell,
    log,
    beforeWrite,
    sleep: async (ms) => {
      await delay(ms, undefined, { signal });
    },
  };
  try {
    const hook = (await import(pathToFileURL(message.module).href)) as { default: Hook<typeof shell> };
    await hook.default(context);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The variables that the SDK, the `aws` command and most tools read. */
function awsEnv(aws: RunHook['input']['aws']): Record<string, string> {
  return {
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
    ...(aws.credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: aws.credentials.sessionToken }),
    ...(aws.endpoint === undefined ? {} : { AWS_ENDPOINT_URL: aws.endpoint }),
  };
}

function logLines(text: string, log: (line: string) => void): void {
  for (const line of text.split('\n')) if (line.trim() !== '') log(line);
}
