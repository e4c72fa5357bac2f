export type { Call, Due, DueHandler, Operation, Realm, Service, Table, World } from './world.ts';
export { ServiceError } from './world.ts';
