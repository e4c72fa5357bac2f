#!/usr/bin/env node
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ProblemError } from '@roundtrip/problem';
import { createCloud } from './cloud.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import { codeVersion } from './code-version.ts';
import { scaledClock } from './server/scaled-clock.ts';
import { createCloudServer } from './server/server.ts';
import { limitsOf, portOf, speedOf } from './settings.ts';
import { openFileLog } from './store/file-log.ts';

/**
 * The daemon: `node main.js [--port 4566] [--speed 60] [--data .roundtrip/cloud] [--root .] [--seed text] [--memory]`.
 * With `--memory` nothing outlives the process.
 */
async function main(): Promise<void> {
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
  const limits = limitsOf(process.env['LOCAL_CLOUD_LIMITS']);
  const root = resolve(values.root ?? '.');
  const dataDirectory = resolve(values.data ?? join(root, '.roundtrip/cloud'));
  mkdirSync(dataDirectory, { recursive: true });

  const report = (defect: unknown): void => console.error(defect);
  const version = codeVersion();
  const cloud = createCloud({
    clock: scaledClock(dataDirectory, speed, Date.now),
    limits,
    report,
    ...(await faultsIn(process.env['LOCAL_CLOUD_FAULTS'], root)),
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
  const control = {
    health,
    reset: () => cloud.reset(),
    stop: () => setImmediate(stop),
    faults: () => cloud.faults(),
    setFaults: (plan: FaultPlan) => cloud.setFaults(plan),
  };
  const server = createCloudServer({ cloud, control, speed, report });
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

/** @throws ProblemError where the file is not there or not right */
async function faultsIn(path: string | undefined, root: string): Promise<{ readonly faults?: FaultPlan }> {
  if (path === undefined || path === '') return {};
  const { readFaultPlan } = await import('./faults/read-fault-plan.ts');
  return { faults: readFaultPlan(readFaultFile(path, root), path) };
}

function readFaultFile(path: string, root: string): string {
  try {
    return readFileSync(resolve(root, path), 'utf8');
  } catch (cause) {
    const what = `LOCAL_CLOUD_FAULTS names ${path}, which cannot be read`;
    const why = 'it is a YAML or JSON file with the faults that are switched on at the start';
    throw new ProblemError(
      { code: 'local-cloud-faults', what, why, next: 'name a file that is there, or leave LOCAL_CLOUD_FAULTS empty' },
      undefined,
      { cause },
    );
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof ProblemError ? error.message : error);
  process.exit(error instanceof ProblemError ? error.exitCode : 1);
}
