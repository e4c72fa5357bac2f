import type { Behaviour, Making, Refusal } from '../behaviour.ts';
import { firstOf } from '../ec2/refusals.ts';
import { resourcesOf } from '../resources-of.ts';
import { homeRefusal } from './file-system.ts';
import { lifeCycle } from './life-cycle.ts';
import { efsRefusal } from './refusal.ts';

export const ACCESS_POINT = 'AWS::EFS::AccessPoint';
/** For each file system. https://docs.aws.amazon.com/efs/latest/ug/create-access-point.html */
const QUOTA = 10_000;

export const accessPoint: Behaviour = {
  ...lifeCycle,
  make(making) {
    const id = making.id('fsap');
    return { id, attributes: { AccessPointId: id, Arn: making.arn('elasticfilesystem', `access-point/${id}`) } };
  },
  refuseCreate: (making) =>
    firstOf(
      () => homeRefusal(making),
      () => othersRefusal(making),
    ),
};

function othersRefusal({ world, realm, text }: Making): Refusal | undefined {
  const [fileSystemId, token] = [text('FileSystemId'), text('ClientToken')];
  let count = 0;
  for (const { id, properties } of resourcesOf(world, realm, ACCESS_POINT)) {
    if (token !== undefined && properties['ClientToken'] === token) {
      const text_ = `Access point '${id}' already exists with client token '${token}'`;
      return efsRefusal('AccessPointAlreadyExists', text_, { AccessPointId: id });
    }
    if (properties['FileSystemId'] === fileSystemId) count += 1;
  }
  if (count < QUOTA) return undefined;
  const text_ = `File system '${fileSystemId}' has reached the maximum number of access points.`;
  return efsRefusal('AccessPointLimitExceeded', text_);
}
