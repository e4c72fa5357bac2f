import { EXIT, formatProblems, ProblemError } from '@roundtrip/problem';

/**
 * The frame around every verb: prints problems, sets the exit code, and lets nothing else escape.
 * An error that is no ProblemError is a fault of this tool; its stack helps whoever mends it.
 */
export async function mainVerb(verb: () => Promise<number>): Promise<void> {
  // The SDK's reminder about later Node versions would stand in the middle of the screen.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  try {
    process.exitCode = await verb();
  } catch (caught) {
    const error = isUsage(caught) ? usageProblem(caught) : caught;
    if (error instanceof ProblemError) {
      process.stderr.write(`${formatProblems(error.problems)}\n`);
      process.exitCode = error.exitCode;
    } else {
      process.stderr.write(`Unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = EXIT.failed;
    }
  }
}

/** What node's own parser of arguments throws. */
function isUsage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

/** Node's first sentence says what is wrong; the second is advice for people who write `--` themselves. */
function usageProblem(error: Error): ProblemError {
  const [what = ''] = error.message.split(/\. |\n/);
  return new ProblemError({ code: 'usage', what, next: 'type: make, which prints every target' }, EXIT.badInput, {
    cause: error,
  });
}
