import { writeLate } from '../../catalog/logs.ts';
import { LINGER, closeInterfaces } from '../../catalog/network-interfaces.ts';
import { findRecord } from '../../catalog/stored-record.ts';
import type { Due, Realm, World } from '../../world.ts';
import { logDriversOf, writeLastLine } from './last-words.ts';
import { deregisterTask, registerTask } from './registry-instances.ts';
import { currentState } from './service-state.ts';
import { statusAt, taskAt } from './tasks.ts';
import type { Task } from './tasks.ts';

/** A task runs: its service may be steady now, or may let go of older tasks. */
export function taskRuns(world: World, { realm, payload }: Due): void {
  const task = taskAt(world, realm, String(payload['arn']));
  if (task === undefined) return;
  if (statusAt(task, world.now) === 'RUNNING') registerTask(world, realm, task);
  lookAtService(world, realm, task);
}

/** Its interface is let go of, a while later; it may write its last lines into a log group that is gone already. */
export function taskStopped(world: World, { realm, payload }: Due): void {
  const task = taskAt(world, realm, String(payload['arn']));
  if (task === undefined) return;
  deregisterTask(world, realm, task);
  closeInterfaces(world, realm, task.arn, LINGER.fargateTask);
  if (task.hasFailed !== true) {
    for (const driver of logDriversOf(world, realm, task)) if (driver.makesGroup) writeLate(world, realm, driver.group);
  } else if (task.exitCode !== undefined) {
    writeLastLine(world, realm, task);
  }
  lookAtService(world, realm, task);
}

function lookAtService(world: World, realm: Realm, { serviceArn }: Task): void {
  if (serviceArn === undefined) return;
  const cluster = serviceArn.split('/').at(-2) ?? '';
  const clusterArn = `arn:aws:ecs:${realm.region}:${realm.account}:cluster/${cluster}`;
  const record = findRecord(world, realm, 'AWS::ECS::Service', `${serviceArn}|${clusterArn}`);
  if (record !== undefined) currentState(world, realm, record);
}
