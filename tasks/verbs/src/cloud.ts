/** The local cloud by hand: `node cloud.js start | stop | reset`. */
import { ensureRunning, reset, stop } from '@roundtrip/local-cloud/daemon';
import { EXIT, ProblemError } from '@roundtrip/problem';
import { mainVerb } from './main-verb.ts';
import { projectRoot } from './project-root.ts';

await mainVerb(async () => {
  const options = { root: projectRoot(process.env), env: process.env };
  const action = process.argv[2];
  switch (action) {
    case 'start': {
      const { endpoint, startedNow } = await ensureRunning(options);
      process.stdout.write(`local cloud ${startedNow ? 'started' : 'is running'} at ${endpoint}\n`);
      return EXIT.done;
    }
    case 'stop': {
      const stopped = await stop(options);
      process.stdout.write(stopped ? 'local cloud stopped; its state is kept\n' : 'no local cloud was running\n');
      return EXIT.done;
    }
    case 'reset':
      await reset(options);
      process.stdout.write('local cloud reset: every account in it is empty\n');
      return EXIT.done;
    default:
      throw new ProblemError({
        code: 'unknown-action',
        what: `cloud knows start, stop and reset, not ${action ?? 'nothing'}`,
        next: 'type: make cloud-start, make cloud-stop or make cloud-reset',
      });
  }
});
