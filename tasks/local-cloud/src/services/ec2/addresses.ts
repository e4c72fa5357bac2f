import type * as EC2 from '@aws-sdk/client-ec2';
import { ADDRESS, ADDRESS_ASSOCIATION, addressOf, associationOf } from '../../catalog/ec2/address.ts';
import { NETWORK_INTERFACE } from '../../catalog/network-interfaces.ts';
import { missing } from '../../catalog/ec2/references.ts';
import { deleteRecord, serviceError } from '../../catalog/record.ts';
import { resourcesOf, resourceWith } from '../../catalog/resources-of.ts';
import { dropRecord, findRecord, setProperties } from '../../catalog/stored-record.ts';
import type { Resource } from '../../resource.ts';
import { ServiceError } from '../../world.ts';
import type { Call, Realm, World } from '../../world.ts';
import { tagList } from '../tag-list.ts';
import { create, recordOf, tagsFor } from './own-records.ts';
import { select } from './select.ts';
import type { Noun } from './select.ts';

const NOUN: Noun<EC2.Address> = {
  type: ADDRESS,
  idOf: ({ AllocationId }) => AllocationId,
  fields: {
    'allocation-id': ({ AllocationId }) => AllocationId,
    'association-id': ({ AssociationId }) => AssociationId,
    domain: ({ Domain }) => Domain,
    'instance-id': ({ InstanceId }) => InstanceId,
    'network-border-group': ({ NetworkBorderGroup }) => NetworkBorderGroup,
    'network-interface-id': ({ NetworkInterfaceId }) => NetworkInterfaceId,
    'network-interface-owner-id': ({ NetworkInterfaceOwnerId }) => NetworkInterfaceOwnerId,
    'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
    'public-ip': ({ PublicIp }) => PublicIp,
  },
};

export function describeAddresses(
  world: World,
  input: EC2.DescribeAddressesRequest,
  { realm }: Call,
): EC2.DescribeAddressesResult {
  const all = [...resourcesOf(world, realm, ADDRESS)].map((record) => addressView(world, realm, record));
  const { PublicIps: ips = [] } = input;
  const absent = ips.find((ip) => !all.some(({ PublicIp }) => PublicIp === ip));
  if (absent !== undefined) throw addressNotFound(absent);
  const views = ips.length === 0 ? all : all.filter(({ PublicIp }) => ips.includes(PublicIp ?? ''));
  return { Addresses: select(views, NOUN, { ids: input.AllocationIds, Filters: input.Filters }).items };
}

export function allocateAddress(
  world: World,
  input: EC2.AllocateAddressRequest,
  { realm }: Call,
): EC2.AllocateAddressResult {
  const record = create(world, realm, ADDRESS, { Domain: 'vpc' }, tagsFor(input.TagSpecifications, 'elastic-ip'));
  return {
    AllocationId: String(record.attributes['AllocationId']),
    PublicIp: record.ref,
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: realm.region,
    Domain: 'vpc',
  };
}

export function releaseAddress(world: World, input: EC2.ReleaseAddressRequest, { realm }: Call): object {
  if (input.AllocationId === undefined) {
    const text = 'You must specify an allocation id when releasing a VPC elastic IP address';
    throw new ServiceError('InvalidParameterValue', text);
  }
  const record = recordOf(world, realm, ADDRESS, input.AllocationId);
  const association = associationOf(world, realm, input.AllocationId);
  // CloudFormation unmaps first; the API leaves that to its caller.
  if (association !== undefined && !association.isManaged) {
    throw new ServiceError('InvalidIPAddress.InUse', `Address ${record.ref} is in use.`);
  }
  deleteRecord({ world, realm, type: ADDRESS, id: record.id });
  return {};
}

export function associateAddress(
  world: World,
  input: EC2.AssociateAddressRequest,
  { realm }: Call,
): EC2.AssociateAddressResult {
  const { InstanceId, NetworkInterfaceId, PrivateIpAddress } = input;
  const allocationId = input.AllocationId ?? allocationOf(world, realm, input.PublicIp);
  const known = associationOf(world, realm, allocationId);
  if (InstanceId === undefined && NetworkInterfaceId === undefined) {
    const text = 'Either instance ID or network interface id must be specified';
    throw new ServiceError('MissingParameter', text);
  }
  // Unless it is forbidden, an address goes over from one thing to the next.
  if (known !== undefined && input.AllowReassociation !== false) unmap(world, realm, known.id);
  const properties = { AllocationId: allocationId, InstanceId, NetworkInterfaceId, PrivateIpAddress };
  return { AssociationId: create(world, realm, ADDRESS_ASSOCIATION, properties).id };
}

export function disassociateAddress(world: World, input: EC2.DisassociateAddressRequest, { realm }: Call): object {
  const id = input.AssociationId ?? associationOf(world, realm, allocationOf(world, realm, input.PublicIp))?.id ?? '';
  unmap(world, realm, id);
  return {};
}

function unmap(world: World, realm: Realm, id: string): void {
  for (const { attributes } of resourcesOf(world, realm, ADDRESS)) {
    const association = associationOf(world, realm, String(attributes['AllocationId']));
    if (association?.id !== id) continue;
    if (association.isManaged) {
      throw new ServiceError('AuthFailure', 'You do not have permission to access the specified resource.');
    }
    const address = addressOf(world, realm, association.allocationId);
    if (findRecord(world, realm, ADDRESS_ASSOCIATION, id) !== undefined) {
      dropRecord(world, realm, { type: ADDRESS_ASSOCIATION, id });
    } else if (address !== undefined) setProperties(world, realm, address, { InstanceId: undefined });
    return;
  }
  throw serviceError(missing(ADDRESS_ASSOCIATION, id));
}

function allocationOf(world: World, realm: Realm, publicIp: string | undefined): string {
  const found = resourceWith(world, realm, ADDRESS, ({ attributes }) => attributes['PublicIp'] === publicIp);
  if (found === undefined) throw addressNotFound(publicIp ?? '');
  return String(found.attributes['AllocationId']);
}

function addressNotFound(ip: string): ServiceError {
  return new ServiceError('InvalidAddress.NotFound', `Address '${ip}' not found.`);
}

function addressView(world: World, realm: Realm, { attributes, tags }: Resource): EC2.Address {
  const allocationId = String(attributes['AllocationId']);
  const association = associationOf(world, realm, allocationId);
  const own = association && findRecord(world, realm, NETWORK_INTERFACE, association.interfaceId ?? '');
  return {
    AllocationId: allocationId,
    PublicIp: String(attributes['PublicIp']),
    PublicIpv4Pool: 'amazon',
    NetworkBorderGroup: realm.region,
    Domain: 'vpc',
    AssociationId: association?.id,
    InstanceId: association?.instanceId,
    NetworkInterfaceId: own?.id,
    NetworkInterfaceOwnerId: own && realm.account,
    PrivateIpAddress: own && String(own.attributes['PrimaryPrivateIpAddress']),
    Tags: tagList(tags),
  };
}
