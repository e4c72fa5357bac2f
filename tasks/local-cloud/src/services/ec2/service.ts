import { RELEASE_INTERFACE, releaseInterfaces } from '../../catalog/network-interfaces.ts';
import { LIFECYCLE_TURN, takeTurn } from '../../catalog/ec2/lifecycle.ts';
import { ServiceError } from '../../world.ts';
import type { Service } from '../../world.ts';
import { limitOf } from './limits.ts';
import { describeNetworkInterfaces } from './network-interfaces.ts';

/** EC2's networks over the records that CloudFormation and this API make; see SPEC.md beside this file. */
export const ec2: Service = {
  client: 'client-ec2',
  operations: {
    DescribeNetworkInterfaces: describeNetworkInterfaces,
  },
  handlers: {
    [RELEASE_INTERFACE]: releaseInterfaces,
    [LIFECYCLE_TURN]: takeTurn,
  },
  limitOf,
  throttled: new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503),
};
