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
  } catch (error) {
    if (error instanceof ProblemError) {
      process.stderr.write(`${formatProblems(error.problems)}\n`);
      process.exitCode = error.exitCode;
    } else {
      process.stderr.write(`Unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = EXIT.failed;
    }
  }
}
