export type { Call, Due, DueHandler, Operation, Realm, Service, Table, World } from './world.ts';
export { ServiceError } from './world.ts';
export type { Clock, Cloud, CloudOptions, Invocation, Invoked } from './cloud.ts';
export { createCloud } from './cloud.ts';
export { inProcess } from './in-process.ts';
export { requestHandler } from './request-handler.ts';
export type { DaemonOptions, RunningCloud } from './daemon.ts';
export { ensureRunning, reset, stop } from './daemon.ts';
