import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import { addHistory, forgetAlarm } from './alarm-state.ts';
import type { Behaviour, Behaviours } from './behaviour.ts';

export const ALARM = 'AWS::CloudWatch::Alarm';
export const COMPOSITE_ALARM = 'AWS::CloudWatch::CompositeAlarm';
export const DASHBOARD = 'AWS::CloudWatch::Dashboard';

const alarm: Behaviour = {
  make(making) {
    const name = making.name('AlarmName');
    const arn = making.arn('cloudwatch', `alarm:${name}`);
    return { id: name, arn, attributes: { Arn: arn } };
  },
  made: (world, realm, record) => configured(world, realm, record, 'created'),
  changed: (world, realm, _before, after) => configured(world, realm, after, 'updated'),
  gone: (world, realm, { id }) => forgetAlarm(world, realm, id),
};

export const cloudwatch: Behaviours = {
  [ALARM]: alarm,
  [COMPOSITE_ALARM]: alarm,
  [DASHBOARD]: {
    make(making) {
      const name = making.name('DashboardName');
      return { id: name, arn: `arn:aws:cloudwatch::${making.realm.account}:dashboard/${name}` };
    },
  },
};

function configured(world: World, realm: Realm, { id }: Resource, what: 'created' | 'updated'): void {
  addHistory(world, realm, id, { type: 'ConfigurationUpdate', summary: `Alarm "${id}" ${what}` });
}
