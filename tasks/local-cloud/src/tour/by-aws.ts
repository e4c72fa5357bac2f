import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsProgram } from './aws-program.ts';
import type { Answer, Caller } from './caller.ts';
import { kebabCase, serviceCommand } from './command-name.ts';
import type { Step } from './step.ts';

/**
 * The `aws` command line as the client.
 *
 * @param folder for what is uploaded and downloaded
 */
export function byAws(program: AwsProgram, folder: string): Caller {
  let calls = 0;
  return {
    async call(step) {
      const file = join(folder, String(calls++));
      const { failed, stdout, stderr } = await program.run(argumentsOf(step, file));
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
