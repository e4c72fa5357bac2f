#!/usr/bin/env node
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ProblemError } from '@roundtrip/problem';
import { createCloud } from './cloud.ts';
import { codeVersion } from './code-version.ts';
import { scaledClock } from './server/scaled-clock.ts';
import { createCloudServer } from './server/server.ts';
import { portOf, speedOf } from './settings.ts';
import { openFileLog } from './store/file-log.ts';

/**
 * The daemon: `node main.js [--port 4566] [--speed 60] [--data .roundtrip/cloud] [--root .] [--seed text] [--memory]`.
 * With `--memory` nothing outlives the process.
 */
function main(): void {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      speed: { type: 'string' },
      data: { type: 'string' },
      root: { type: 'string' },
      seed: { type: 'string' },
      memory: { type: 'boolean' },
    },
  });
  const port = portOf(values.port ?? process.env['LOCAL_CLOUD_PORT']);
  const speed = speedOf(values.speed ?? process.env['SPEED']);
  const root = resolve(values.root ?? '.');
  const dataDirectory = resolve(values.data ?? join(root, '.roundtrip/cloud'));
  mkdirSync(dataDirectory, { recursive: true });

  const report = (defect: unknown): void => console.error(defect);
  const version = codeVersion();
  const cloud = createCloud({
    clock: scaledClock(dataDirectory, speed, Date.now),
    report,
    ...(values.memory === true ? {} : { log: openFileLog(dataDirectory) }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
  });
  const stop = (): void => {
    server.close(() => {
      cloud.close();
      process.exit(0);
    });
    server.closeIdleConnections();
  };
  const health = () => ({
    service: 'roundtrip-local-cloud' as const,
    pid: process.pid,
    version,
    speed,
    dataDirectory,
    root,
    cloudTime: new Date(cloud.now()).toISOString(),
  });
  const control = { health, reset: () => cloud.reset(), stop: () => setImmediate(stop) };
  const server = createCloudServer({ cloud, control, report });
  server.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  server.listen(port, '127.0.0.1', () => {
    writeFileSync(join(dataDirectory, 'daemon.json'), JSON.stringify({ pid: process.pid, port }));
    console.log(`local cloud on http://127.0.0.1:${port}, speed ${speed}, data in ${dataDirectory}`);
  });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  main();
} catch (error) {
  console.error(error instanceof ProblemError ? error.message : error);
  process.exit(error instanceof ProblemError ? error.exitCode : 1);
}
