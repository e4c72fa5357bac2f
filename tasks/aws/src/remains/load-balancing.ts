import {
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import type { Scope, Sighting } from './sighting.ts';

/** Load balancers and target groups; their tags are the tagging API's to tell. */
export async function findLoadBalancing(
  settings: ClientSettings,
  counter: CallCounter,
  _scope: Scope,
): Promise<readonly Sighting[]> {
  const client = clientOf(ElasticLoadBalancingV2Client, 'elasticloadbalancing', settings, counter);
  const found = await Promise.all([findBalancers(client), findTargetGroups(client)]);
  return found.flat();
}

async function findBalancers(client: ElasticLoadBalancingV2Client): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {})) {
    for (const { LoadBalancerArn: arn = '', LoadBalancerName = '', VpcId } of LoadBalancers) {
      const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
      found.push({ arn, type, id: arn, names: [LoadBalancerName], ...(VpcId === undefined ? {} : { network: VpcId }) });
    }
  }
  return found;
}

async function findTargetGroups(client: ElasticLoadBalancingV2Client): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client }, {})) {
    for (const { TargetGroupArn: arn = '', TargetGroupName = '', VpcId } of TargetGroups) {
      const type = 'AWS::ElasticLoadBalancingV2::TargetGroup';
      found.push({ arn, type, id: arn, names: [TargetGroupName], ...(VpcId === undefined ? {} : { network: VpcId }) });
    }
  }
  return found;
}
