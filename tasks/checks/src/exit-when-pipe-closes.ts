/**
 * `make test | head` closes the pipe while there is more to print: end then, quietly and not as a success.
 * `before` ends what must not be left behind.
 */
export function exitWhenPipeCloses(before: () => void = () => {}): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    before();
    if (error.code !== 'EPIPE') throw error;
    process.exit(1);
  });
}
