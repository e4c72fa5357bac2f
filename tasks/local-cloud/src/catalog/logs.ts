import type { Realm, World } from '../world.ts';
import type { Behaviours, Making, Refusal } from './behaviour.ts';
import { dropStream, forgetGroup, putStream, streamsOf } from './log-streams.ts';
import { resourcesOf } from './resources-of.ts';
import { dropRecord, findRecord, putRecord } from './stored-record.ts';

const GROUP = 'AWS::Logs::LogGroup';
const GROUP_FILTERS = ['AWS::Logs::MetricFilter', 'AWS::Logs::SubscriptionFilter', 'AWS::Logs::LogStream'];

export const logs: Behaviours = {
  [GROUP]: {
    make(making) {
      const name = making.name('LogGroupName');
      const arn = making.arn('logs', `log-group:${name}`);
      return { id: name, arn, attributes: { Arn: `${arn}:*` } };
    },
    taken: () => ({ text: 'The specified log group already exists', code: 'ResourceAlreadyExistsException' }),
    /** What is in a group goes with it. */
    gone(world, realm, group) {
      forgetGroup(world, realm, group.id);
      for (const type of GROUP_FILTERS) {
        for (const each of [...resourcesOf(world, realm, type)]) {
          if (each.properties['LogGroupName'] === group.id) dropRecord(world, realm, each);
        }
      }
    },
  },
  'AWS::Logs::LogStream': {
    make(making) {
      const name = making.name('LogStreamName');
      return { id: `${making.text('LogGroupName') ?? ''}|${name}`, ref: name, properties: { LogStreamName: name } };
    },
    refuseCreate: (making) => noGroup(making) ?? streamTaken(making),
    made(world, realm, { properties }) {
      putStream(world, realm, String(properties['LogGroupName']), String(properties['LogStreamName']));
    },
    gone(world, realm, { properties }) {
      dropStream(world, realm, String(properties['LogGroupName']), String(properties['LogStreamName']));
    },
  },
  'AWS::Logs::MetricFilter': { refuseCreate: noGroup },
  'AWS::Logs::SubscriptionFilter': { refuseCreate: noGroup },
};

/**
 * What a writer does that outlives its group: Lambda, API Gateway and drivers that may create groups make the group
 * again, without retention, tags or stack. A rebuild then finds the name taken.
 */
export function writeLate(world: World, realm: Realm, group: string, stream?: string): void {
  if (findRecord(world, realm, GROUP, group) === undefined) {
    putGroup(world, realm, group);
  }
  if (stream !== undefined && !streamsOf(world, realm, group).get(stream)) putStream(world, realm, group, stream);
}

function putGroup(world: World, realm: Realm, name: string): void {
  const arn = `arn:aws:logs:${realm.region}:${realm.account}:log-group:${name}`;
  putRecord(world, realm, {
    type: GROUP,
    id: name,
    arn,
    ref: name,
    attributes: { Arn: `${arn}:*` },
    properties: { LogGroupName: name },
    tags: {},
    createdAt: world.now,
  });
}

function noGroup(making: Making): Refusal | undefined {
  const group = making.text('LogGroupName');
  // That it is missing is for whoever checks properties to say.
  if (group === undefined || findRecord(making.world, making.realm, GROUP, group) !== undefined) return undefined;
  return {
    text: 'The specified log group does not exist.',
    handlerErrorCode: 'NotFound',
    code: 'ResourceNotFoundException',
  };
}

function streamTaken({ world, realm, ...making }: Making): Refusal | undefined {
  const name = making.text('LogStreamName');
  if (name === undefined || streamsOf(world, realm, making.text('LogGroupName') ?? '').get(name) === undefined) {
    return undefined;
  }
  return {
    text: 'The specified log stream already exists',
    handlerErrorCode: 'AlreadyExists',
    code: 'ResourceAlreadyExistsException',
  };
}
