import type { Behaviours } from './behaviour.ts';

/** S3, EFS, ECR and DynamoDB: where things are kept. */
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
    taken: (id) => `${id} already exists`,
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
  'AWS::ECR::Repository': {
    make(making) {
      const { account, region } = making.realm;
      const name = making.name('RepositoryName');
      return { id: name, attributes: { RepositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${name}` } };
    },
    taken: (id) => `The repository with name '${id}' already exists in the registry`,
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
