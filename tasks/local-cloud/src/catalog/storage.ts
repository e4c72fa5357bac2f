import { resourceKey, resources } from '../resource.ts';
import type { Behaviours, Making, Refusal } from './behaviour.ts';

/** S3, EFS and DynamoDB: where things are kept. */
export const storage: Behaviours = {
  'AWS::S3::Bucket': {
    make(making) {
      const name = making.name('BucketName');
      const { region } = making.realm;
      return {
        id: name,
        attributes: {
          DomainName: `${name}.s3.amazonaws.com`,
          RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
          DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
          WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
        },
      };
    },
    refuseCreate: takenEverywhere,
  },
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

/** Bucket names are one space over all accounts and regions. */
function takenEverywhere(making: Making): Refusal | undefined {
  const name = making.text('BucketName');
  if (name === undefined) return undefined;
  const key = resourceKey('AWS::S3::Bucket', name);
  for (const realm of making.world.realms('resource')) {
    if (resources(making.world, realm).get(key) !== undefined) {
      return { text: `${name} already exists`, handlerErrorCode: 'AlreadyExists' };
    }
  }
  return undefined;
}
