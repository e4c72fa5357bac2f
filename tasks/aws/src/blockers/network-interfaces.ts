import {
  DeleteNetworkInterfaceCommand,
  EC2Client,
  paginateDescribeNetworkInterfaces,
  type NetworkInterface,
} from '@aws-sdk/client-ec2';
import { formatCount } from '@roundtrip/view';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { ifThere } from '../if-there.ts';
import type { BlockerKind } from './kind.ts';

const SUBNET = 'AWS::EC2::Subnet';
const STACK_TAG = 'aws:cloudformation:stack-name';

/**
 * Subnets and security groups are not deleted while an interface is in them. Those that are in use go with what uses
 * them; a detached one that was left behind goes only when somebody deletes it.
 */
export function createNetworkInterfaces(settings: ClientSettings, counter: CallCounter): BlockerKind {
  const ec2 = clientOf(EC2Client, 'ec2', settings, counter);
  return {
    async look({ physicalId: id, type }) {
      const count = (await detached(ec2, type, id)).length;
      if (count === 0) return [];
      const noun = type === SUBNET ? 'subnet' : 'security group';
      return [{ what: `${noun} ${id} has ${formatCount(count, 'detached network interface')}` }];
    },
    async clear({ physicalId: id, resourceType }, mayWrite) {
      for (const { NetworkInterfaceId } of await detached(ec2, resourceType, id)) {
        await mayWrite();
        await ifThere(() => ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId })));
      }
    },
  };
}

/** An interface that a stack holds is that stack's to delete. */
async function detached(client: EC2Client, type: string, id: string): Promise<readonly NetworkInterface[]> {
  const filters = [
    { Name: type === SUBNET ? 'subnet-id' : 'group-id', Values: [id] },
    { Name: 'status', Values: ['available'] },
  ];
  const found: NetworkInterface[] = [];
  await ifThere(async () => {
    for await (const page of paginateDescribeNetworkInterfaces({ client }, { Filters: filters })) {
      found.push(...(page.NetworkInterfaces ?? []));
    }
  });
  return found.filter(({ TagSet = [] }) => !TagSet.some(({ Key }) => Key === STACK_TAG));
}
