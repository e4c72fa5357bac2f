import type { Resource } from '../../resource.ts';
import type { Realm, World } from '../../world.ts';
import type { Behaviour, Refusal } from '../behaviour.ts';
import { resourcesOf, resourceWith } from '../resources-of.ts';
import { dropRecord } from '../stored-record.ts';
import { referenceRefusal } from './references.ts';
import { hasDependencies, invalid } from './refusals.ts';
import { isDefault, VPC } from './vpc.ts';

export const ACL_ENTRY = 'AWS::EC2::NetworkAclEntry';
export const ACL_ASSOCIATION = 'AWS::EC2::SubnetNetworkAclAssociation';

export const networkAcl: Behaviour = {
  refuseCreate: (making) => referenceRefusal(making, 'VpcId', VPC),
  refuseDelete,
  gone: forgetEntries,
};

function refuseDelete(world: World, realm: Realm, acl: Resource): Refusal | undefined {
  if (isDefault(world, realm, acl)) {
    return invalid('InvalidParameterValue', `cannot delete default network ACL ${acl.id}`);
  }
  const user = resourceWith(world, realm, ACL_ASSOCIATION, ({ properties }) => properties['NetworkAclId'] === acl.id);
  return user && hasDependencies('networkAcl', acl.id);
}

function forgetEntries(world: World, realm: Realm, { id }: Resource): void {
  for (const entry of [...resourcesOf(world, realm, ACL_ENTRY)]) {
    if (entry.properties['NetworkAclId'] === id) dropRecord(world, realm, entry);
  }
}
