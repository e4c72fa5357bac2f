import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Caller } from './caller.ts';
import { kebabCase, serviceCommand } from './command-name.ts';
import type { Step } from './step.ts';

export interface AwsOptions {
  readonly endpoint: string;
  readonly region: string;
  /** For what is uploaded and downloaded. */
  readonly folder: string;
}

const TIMEOUT_MS = 60_000;

/** The version of the `aws` on the path, `aws-cli/1.45.11`; undefined where there is none. */
export async function awsVersion(): Promise<string | undefined> {
  const { failed, stdout, stderr } = await run(['--version'], process.env);
  return failed ? undefined : `${stdout}${stderr}`.split(' ')[0];
}

/** The `aws` command line as the client. */
export function byAws(options: AwsOptions): Caller {
  let calls = 0;
  return {
    async call(step, account) {
      const file = join(options.folder, String(calls++));
      const { failed, stdout, stderr } = await run(argumentsOf(step, file), environment(options, account));
      if (!failed) return { output: outputOf(step, stdout, file) };
      return errorOf(stderr);
    },
  };
}

function argumentsOf({ service, operation, input, bytes = {}, body, downloads }: Step, file: string): string[] {
  const blobs = Object.entries(bytes).flatMap(([name, text]) => {
    const path = `${file}-${name}`;
    writeFileSync(path, Buffer.from(text, 'base64'));
    return [`--${kebabCase(name)}`, `fileb://${path}`];
  });
  if (body !== undefined) writeFileSync(file, body);
  const uploads = body === undefined ? [] : ['--body', file];
  const given = downloads ? [...optionsOf(input), file] : ['--cli-input-json', JSON.stringify(input)];
  return [serviceCommand(service), kebabCase(operation), ...given, ...blobs, ...uploads];
}

/** Where the file to be written is an argument, the command line insists on options for the rest. */
function optionsOf(input: object): string[] {
  return Object.entries(input).flatMap(([name, value]) => [`--${kebabCase(name)}`, String(value)]);
}

/** Nothing of the caller's own AWS settings gets in. */
function environment({ endpoint, region }: AwsOptions, account: string): NodeJS.ProcessEnv {
  const foreign = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.includes(name)));
  return {
    ...env,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_DEFAULT_REGION: region,
    AWS_DEFAULT_OUTPUT: 'json',
    AWS_ENDPOINT_URL: endpoint,
    AWS_PAGER: '',
  };
}

function outputOf({ downloads }: Step, stdout: string, file: string): unknown {
  const output = (stdout.trim() === '' ? {} : JSON.parse(stdout)) as Record<string, unknown>;
  return downloads ? { ...output, Body: readFileSync(file, 'utf8') } : output;
}

/** Operations, parameters and shapes that an older version has not heard of: the next client's turn. */
const UNKNOWN = /Invalid choice|Unknown parameter in input|Unknown options|argument (command|operation):/;

function errorOf(stderr: string): Answer | undefined {
  const [, code, message] =
    /An error occurred \((\S+)\) when calling the \w+ operation[^:]*: ([^]*)/.exec(stderr) ?? [];
  if (code !== undefined) return { code, message: (message ?? '').trim() };
  return UNKNOWN.test(stderr) ? undefined : { code: 'Client', message: stderr.trim() };
}

interface Ended {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env, timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
    execFile('aws', args, options, (error, stdout, stderr) => resolve({ failed: error !== null, stdout, stderr }));
  });
}
