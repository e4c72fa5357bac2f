import { EC2Client, paginateDescribeNatGateways, paginateDescribeVpcEndpoints } from '@aws-sdk/client-ec2';
import type { ResourceState } from '@roundtrip/engine';
import { batches } from '../blockers/batches.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { GateKind } from './gate-kind.ts';
import { pacedClient } from './paced-client.ts';

/** Half of what one filter of EC2's takes. Asked by their ids, one that is not there would fail the call for all. */
const BATCH = 100;

/** Tasks in private subnets pull their images through NAT gateways; a task that cannot counts for the circuit breaker. */
export function createNatGateways(settings: ClientSettings, counter: CallCounter): GateKind {
  const ec2 = pacedClient(EC2Client, 'ec2', settings, counter);
  return {
    async look(resources) {
      const states = new Map<string, ResourceState>();
      const ids = resources.map(({ physicalId }) => physicalId);
      for (const Values of batches(ids, BATCH)) {
        const Filter = [{ Name: 'nat-gateway-id', Values }];
        for await (const { NatGateways = [] } of paginateDescribeNatGateways({ client: ec2 }, { Filter })) {
          for (const { NatGatewayId: id = '', State, FailureMessage } of NatGateways) {
            states.set(id, stateOf(`NAT gateway ${id}`, State, FailureMessage));
          }
        }
      }
      return states;
    },
  };
}

/** They pull them through interface endpoints where there is no NAT gateway. */
export function createVpcEndpoints(settings: ClientSettings, counter: CallCounter): GateKind {
  const ec2 = pacedClient(EC2Client, 'ec2', settings, counter);
  return {
    async look(resources) {
      const states = new Map<string, ResourceState>();
      const ids = resources.map(({ physicalId }) => physicalId);
      for (const Values of batches(ids, BATCH)) {
        const Filters = [{ Name: 'vpc-endpoint-id', Values }];
        for await (const { VpcEndpoints = [] } of paginateDescribeVpcEndpoints({ client: ec2 }, { Filters })) {
          for (const { VpcEndpointId: id = '', State, LastError } of VpcEndpoints) {
            states.set(id, stateOf(`endpoint ${id}`, State, LastError?.Message));
          }
        }
      }
      return states;
    },
  };
}

/** EC2 writes states in lower case in one API and with a capital in the other. */
function stateOf(what: string, state = 'of no known state', reason = 'AWS gives no reason'): ResourceState {
  const code = state.toLowerCase();
  // Somebody else has to accept it: no time of ours brings that about, nor does CloudFormation wait for it.
  if (code === 'available' || code === 'pendingacceptance') return 'ready';
  return ['failed', 'rejected', 'expired', 'deleted'].includes(code)
    ? { fails: `${what} is ${code}: ${reason}` }
    : { waits: `${what} is ${code}` };
}
