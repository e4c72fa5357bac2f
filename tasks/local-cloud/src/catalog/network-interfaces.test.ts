import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { noLog } from '../store/log.ts';
import { Store } from '../store/store.ts';
import { REALM, START } from '../testing/test-cloud.ts';
import { rangeOf } from './cidr.ts';
import { closeInterfaces, interfacesOf, LINGER, openInterfaces, releaseInterfaces } from './network-interfaces.ts';
import { putRecord } from './stored-record.ts';

const SUBNET = {
  type: 'AWS::EC2::Subnet',
  id: 'subnet-1',
  ref: 'subnet-1',
  attributes: {},
  properties: { VpcId: 'vpc-1', CidrBlock: '10.0.1.0/28' },
  tags: {},
  createdAt: START,
};

test('interfaces stand in their subnets, each with an address of its own, and linger when their owner is gone', () => {
  const store = new Store({ log: noLog, seed: 'interfaces' });
  store.transact(START, (world) => {
    putRecord(world, REALM, SUBNET);
    for (const task of ['task-1', 'task-2']) {
      openInterfaces(world, REALM, {
        owner: task,
        description: `arn:aws:ecs:${task}`,
        subnetIds: ['subnet-1'],
        securityGroupIds: ['sg-1'],
      });
    }
    const addresses = ['task-1', 'task-2'].flatMap((task) =>
      interfacesOf(world, REALM, task).map(({ properties }) => String(properties['PrivateIpAddress'])),
    );
    assert.is(new Set(addresses).size, 2);
    for (const address of addresses) assert.is(rangeOf(`${address}/28`)?.first, rangeOf('10.0.1.0/28')?.first);
    closeInterfaces(world, REALM, 'task-1', LINGER.fargateTask);
    assert.is(interfacesOf(world, REALM, 'task-1').length, 1);
  });
  const due = store.nextDue();
  assert.ok(due && due.at >= START + 20_000 && due.at <= START + 90_000, String(due?.at));
  assert.is(due.kind, 'ec2.release-interface');
  store.transact(due.at, (world) => {
    releaseInterfaces(world, due);
    assert.is(interfacesOf(world, REALM, 'task-1').length, 0);
    closeInterfaces(world, REALM, 'task-2');
    assert.is(interfacesOf(world, REALM, 'task-2').length, 0);
  });
});

test.run();
