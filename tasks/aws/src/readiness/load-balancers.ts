import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  type LoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ResourceState } from '@roundtrip/engine';
import { batches } from '../blockers/batches.ts';
import { ifThere } from '../if-there.ts';
import type { CallCounter } from '../call-counter.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { GateKind } from './gate-kind.ts';
import { pacedClient } from './paced-client.ts';

/** The most ARNs that DescribeLoadBalancers takes. */
const BATCH = 20;

/** A load balancer takes connections when it is active. */
export function createLoadBalancers(settings: ClientSettings, counter: CallCounter): GateKind {
  const elb = pacedClient(ElasticLoadBalancingV2Client, 'elasticloadbalancing', settings, counter);
  return {
    async look(resources) {
      const states = new Map<string, ResourceState>();
      const arns = resources.map(({ physicalId }) => physicalId);
      for (const batch of batches(arns, BATCH)) {
        for (const { LoadBalancerArn = '', LoadBalancerName = '', State } of await describe(elb, batch)) {
          states.set(LoadBalancerArn, stateOf(LoadBalancerName, State?.Code, State?.Reason));
        }
      }
      return states;
    },
  };
}

/** One that is not there fails the call for all, and no filter takes its place: then each is asked for by itself. */
async function describe(elb: ElasticLoadBalancingV2Client, arns: string[]): Promise<readonly LoadBalancer[]> {
  const answer = await ifThere(() => elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: arns })));
  if (answer !== undefined) return answer.LoadBalancers ?? [];
  const found: LoadBalancer[] = [];
  if (arns.length > 1) for (const arn of arns) found.push(...(await describe(elb, [arn])));
  return found;
}

function stateOf(name: string, code: string | undefined, reason = 'AWS gives no reason'): ResourceState {
  if (code === 'active' || code === 'active_impaired') return 'ready';
  return code === 'failed'
    ? { fails: `load balancer ${name} failed: ${reason}` }
    : { waits: `load balancer ${name} is ${code ?? 'of no known state'}` };
}
