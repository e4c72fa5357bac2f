import {
  DescribeLoadBalancerAttributesCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { CallCounter } from '../call-counter.ts';
import { clientOf } from '../client-of.ts';
import type { ClientSettings } from '../client-settings.ts';
import { ifThere } from '../if-there.ts';
import { OR_ALLOW, type BlockerKind } from './kind.ts';

const PROTECTION = 'deletion_protection.enabled';

/** A load balancer with deletion protection is not deleted by anybody. */
export function createLoadBalancers(
  settings: ClientSettings,
  counter: CallCounter,
  mayUnprotect: boolean,
): BlockerKind {
  const elb = clientOf(ElasticLoadBalancingV2Client, 'elasticloadbalancing', settings, counter);
  return {
    async look({ physicalId: LoadBalancerArn }) {
      const answer = await ifThere(() => elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })));
      if (answer?.Attributes?.find(({ Key }) => Key === PROTECTION)?.Value !== 'true') return [];
      const what = `load balancer ${nameIn(LoadBalancerArn)} has deletion protection`;
      return [
        mayUnprotect ? { what } : { what, next: `type: ${unprotect(LoadBalancerArn, settings.region)}${OR_ALLOW}` },
      ];
    },
    async clear({ physicalId: LoadBalancerArn }, mayWrite) {
      const input = { LoadBalancerArn, Attributes: [{ Key: PROTECTION, Value: 'false' }] };
      await mayWrite();
      await ifThere(() => elb.send(new ModifyLoadBalancerAttributesCommand(input)));
    },
  };
}

function unprotect(arn: string, region: string): string {
  const command = `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ${arn}`;
  return `${command} --attributes Key=${PROTECTION},Value=false --region ${region}`;
}

/** `arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/stage-web/50dc6c495c0c9188` */
function nameIn(arn: string): string {
  return arn.split('/')[2] ?? arn;
}
