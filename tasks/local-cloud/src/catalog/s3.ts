import { resourceKey, resources } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviours, Made, Making, Refusal } from './behaviour.ts';

export const BUCKET = 'AWS::S3::Bucket';

/** How long a deleted bucket's name is kept from other accounts and regions: AWS says up to hours, most see a minute. EST. */
const RELEASE_MS = { min: 30_000, more: 60_000 };
/** Names are one space over all accounts and regions. */
const EVERYWHERE: Realm = { account: '000000000000', region: 'global' };

/** Whose name it was, and until when it is being released. */
interface ReleasedName {
  readonly account: string;
  readonly region: string;
  readonly until: number;
}

const released = (world: World) => world.table<ReleasedName>('s3.released-name', EVERYWHERE);

export const s3: Behaviours = {
  [BUCKET]: {
    make: bucket,
    refuseCreate: (making) => takenEverywhere(making) ?? stillReleased(making),
    made: (world, _realm, { id }) => released(world).delete(id),
    gone: releaseName,
  },
  'AWS::S3::BucketPolicy': { make: (making) => ({ id: making.text('Bucket') ?? making.world.hex(12) }) },
};

export function conflictRefusal(): Refusal {
  return {
    text: 'A conflicting conditional operation is currently in progress against this resource. Please try again.',
    handlerErrorCode: 'ResourceConflict',
    code: 'OperationAborted',
    status: 409,
  };
}

function bucket(making: Making): Made {
  const name = making.name('BucketName');
  const { region } = making.realm;
  return {
    id: name,
    arn: `arn:aws:s3:::${name}`,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
    },
  };
}

function takenEverywhere(making: Making): Refusal | undefined {
  const name = making.text('BucketName');
  if (name === undefined) return undefined;
  const key = resourceKey(BUCKET, name);
  for (const realm of making.world.realms('resource')) {
    if (resources(making.world, realm).get(key) !== undefined) {
      return {
        text: `${name} already exists`,
        handlerErrorCode: 'AlreadyExists',
        code: 'BucketAlreadyExists',
        status: 409,
      };
    }
  }
  return undefined;
}

/** Whoever had the name may have it back in the same region at once; everybody else has to wait. */
function stillReleased({ world, realm, ...making }: Making): Refusal | undefined {
  const name = released(world).get(making.text('BucketName') ?? '');
  if (name === undefined || name.until <= world.now) return undefined;
  return name.account === realm.account && name.region === realm.region ? undefined : conflictRefusal();
}

function releaseName(world: World, { account, region }: Realm, { id }: Resource): void {
  const until = world.now + RELEASE_MS.min + Math.floor(world.random() * RELEASE_MS.more);
  released(world).put(id, { account, region, until });
}
