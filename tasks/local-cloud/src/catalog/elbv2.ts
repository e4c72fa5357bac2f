import type { Behaviours, Made, Making, Refusal } from './behaviour.ts';
import { resourceWith } from './resources-of.ts';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

export const elbv2: Behaviours = {
  [LOAD_BALANCER]: { make: loadBalancer, refuseCreate: (making) => takenName(making, 'load balancer') },
  [TARGET_GROUP]: { make: targetGroup, refuseCreate: (making) => takenName(making, 'target group') },
  [LISTENER]: { make: listener, refuseCreate: takenPort },
  [RULE]: { make: rule, refuseCreate: takenPriority },
};

const KINDS: Readonly<Record<string, string>> = { application: 'app', network: 'net', gateway: 'gwy' };

function loadBalancer(making: Making): Made {
  const name = making.name('Name');
  const kind = KINDS[making.text('Type') ?? 'application'] ?? 'app';
  const fullName = `${kind}/${name}/${making.world.hex(16)}`;
  const arn = making.arn('elasticloadbalancing', `loadbalancer/${fullName}`);
  const number = Math.floor(making.world.random() * 1e10);
  const host = `${name}-${number}.${making.realm.region}.elb.amazonaws.com`;
  return {
    id: arn,
    arn,
    attributes: {
      LoadBalancerArn: arn,
      LoadBalancerName: name,
      LoadBalancerFullName: fullName,
      DNSName: making.text('Scheme') === 'internal' ? `internal-${host}` : host,
      CanonicalHostedZoneID: ZONES[making.realm.region] ?? 'Z35SXDOTRQ7X7K',
    },
    properties: { Name: name },
  };
}

/** Hosted zones of application load balancers, from AWS's general reference. */
const ZONES: Readonly<Record<string, string>> = {
  'us-east-1': 'Z35SXDOTRQ7X7K',
  'us-east-2': 'Z3AADJGX6KTTL2',
  'us-west-1': 'Z368ELLRRE2KJ0',
  'us-west-2': 'Z1H1FL5HABSF5',
  'ca-central-1': 'ZQSVJUPU6J1EY',
  'eu-west-1': 'Z32O12XQLNTSW2',
  'eu-west-2': 'ZHURV8PSTC4K8',
  'eu-west-3': 'Z3Q77PNBQS71R4',
  'eu-central-1': 'Z215JYRZR1TBD5',
  'eu-north-1': 'Z23TAZ6LKFMNIO',
  'ap-southeast-1': 'Z1LMS91P8CMLE5',
  'ap-southeast-2': 'Z1GM3OXH4ZPM65',
  'ap-northeast-1': 'Z14GRHDCWA56QT',
  'ap-northeast-2': 'ZWKZPGTI48KDX',
  'ap-south-1': 'ZP97RAFLXTNZK',
  'sa-east-1': 'Z2P70J7HTTTPLU',
};

function targetGroup(making: Making): Made {
  const name = making.name('Name');
  const fullName = `targetgroup/${name}/${making.world.hex(16)}`;
  const arn = making.arn('elasticloadbalancing', fullName);
  return {
    id: arn,
    arn,
    attributes: { TargetGroupArn: arn, TargetGroupName: name, TargetGroupFullName: fullName, LoadBalancerArns: [] },
    properties: { Name: name },
  };
}

function listener(making: Making): Made {
  const balancer = tail(making.text('LoadBalancerArn'), 'loadbalancer/');
  const arn = making.arn('elasticloadbalancing', `listener/${balancer}/${making.world.hex(16)}`);
  return { id: arn, arn, attributes: { ListenerArn: arn } };
}

function rule(making: Making): Made {
  const parent = tail(making.text('ListenerArn'), 'listener/');
  const arn = making.arn('elasticloadbalancing', `listener-rule/${parent}/${making.world.hex(16)}`);
  return { id: arn, arn, attributes: { RuleArn: arn, IsDefault: false } };
}

function tail(arn: string | undefined, marker: string): string {
  const at = arn?.indexOf(marker) ?? -1;
  return arn === undefined || at < 0 ? 'app/unknown/0' : arn.slice(at + marker.length);
}

function takenName(making: Making, what: string): Refusal | undefined {
  const name = making.text('Name');
  if (name === undefined) return undefined;
  const other = resourceWith(
    making.world,
    making.realm,
    making.type.name,
    ({ properties }) => properties['Name'] === name,
  );
  if (!other) return undefined;
  return {
    text: `A ${what} with the same name '${name}' exists, but with different settings`,
    handlerErrorCode: 'AlreadyExists',
  };
}

function takenPort(making: Making): Refusal | undefined {
  const { LoadBalancerArn: balancer, Port: port } = making.properties;
  const other = resourceWith(
    making.world,
    making.realm,
    LISTENER,
    ({ properties }) => properties['LoadBalancerArn'] === balancer && Number(properties['Port']) === Number(port),
  );
  if (!other) return undefined;
  return {
    text: `A listener already exists on this port for this load balancer '${String(balancer)}'`,
    handlerErrorCode: 'AlreadyExists',
  };
}

function takenPriority(making: Making): Refusal | undefined {
  const { ListenerArn: parent, Priority: priority } = making.properties;
  const other = resourceWith(
    making.world,
    making.realm,
    RULE,
    ({ properties }) => properties['ListenerArn'] === parent && Number(properties['Priority']) === Number(priority),
  );
  if (!other) return undefined;
  return { text: `Priority '${String(priority)}' is currently in use`, handlerErrorCode: 'AlreadyExists' };
}
