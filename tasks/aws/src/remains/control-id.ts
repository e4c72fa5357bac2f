import { resourceType } from '@roundtrip/spec';
import { serviceIdOf } from './arn-type.ts';
import { arnOf } from './sighting.ts';

interface Place {
  readonly region: string;
  readonly account: string;
}

/** What Cloud Control's identifier is made of, where it is not CloudFormation's physical id. */
const MADE: Readonly<Record<string, (physicalId: string, place: Place) => string | undefined>> = {
  'AWS::ECS::Service': serviceIdOf,
  'AWS::ApplicationAutoScaling::ScalingPolicy': policyIdOf,
  'AWS::Events::Rule': (name, { region, account }) => {
    const [bus, rule] = name.split('|');
    const path = rule === undefined || bus === 'default' ? (rule ?? name) : `${bus}/${rule}`;
    return name.startsWith('arn:') ? name : arnOf('events', region, account, `rule/${path}`);
  },
};

/**
 * Cloud Control's identifier of what CloudFormation calls by that physical id: for most types the same. Undefined where
 * it is made of more than the physical id says: asked for by that, a thing that is there could be answered to be gone.
 */
export function controlIdOf(type: string, physicalId: string, place: Place): string | undefined {
  const make = MADE[type];
  if (make !== undefined) return make(physicalId, place);
  const known = resourceType(type);
  // Cloud Control says by itself that it does not know it.
  if (known === undefined) return physicalId;
  const { primaryIdentifier, refIdentifier = primaryIdentifier } = known;
  if (refIdentifier.join() !== primaryIdentifier.join()) return undefined;
  const { length } = primaryIdentifier;
  return length > 1 && physicalId.split('|').length !== length ? undefined : physicalId;
}

/** `<policy>|<dimension>`; of a service there is one dimension. */
function policyIdOf(arn: string): string | undefined {
  return /:resource\/ecs\/service\//.test(arn) ? `${arn}|ecs:service:DesiredCount` : undefined;
}
