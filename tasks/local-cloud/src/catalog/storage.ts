import type { Behaviours } from './behaviour.ts';

/** EFS and DynamoDB: where things are kept. */
export const storage: Behaviours = {
  'AWS::EFS::FileSystem': {
    make: (making) => ({ id: making.id('fs') }),
  },
  'AWS::EFS::MountTarget': {
    make: (making) => ({
      id: making.id('fsmt'),
      attributes: { IpAddress: making.text('IpAddress') ?? `10.0.${Math.floor(making.world.random() * 250)}.10` },
    }),
  },
  'AWS::EFS::AccessPoint': {
    make(making) {
      const id = making.id('fsap');
      return { id, attributes: { AccessPointId: id, Arn: making.arn('elasticfilesystem', `access-point/${id}`) } };
    },
  },
  'AWS::DynamoDB::Table': {
    make(making) {
      const name = making.name('TableName');
      const stream = `table/${name}/stream/${new Date(making.world.now).toISOString().slice(0, 23)}`;
      return { id: name, attributes: { StreamArn: making.arn('dynamodb', stream) } };
    },
    taken: (id) => `Table already exists: ${id}`,
  },
};
