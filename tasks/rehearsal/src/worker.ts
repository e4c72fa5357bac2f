/** Plays the seeds that it is sent, one after the other, and answers with what came of each. */
import { parentPort } from 'node:worker_threads';
import { playSeed } from './play-seed.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

parentPort?.on('message', (seed: string) => {
  void playSeed(seed).then((played) => parentPort?.postMessage(played));
});
