import { isNamedAfter, TAG, type Leftover } from '@roundtrip/engine';

/** A thing that a service has listed, whosever it is. */
export interface Sighting {
  readonly arn: string;
  readonly type: string;
  readonly id: string;
  /** Its own name, and what else was named when it was made: descriptions, groups, targets. */
  readonly names: readonly string[];
  /** Left out where the service does not list tags with its things. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The account that owns it, where the service says so: what is shared with us is not ours. */
  readonly owner?: string;
  readonly network?: string;
  readonly going?: string;
  readonly charge?: Leftover['charge'];
}

/** What is known of an account before its services are looked through. */
export interface Scope {
  readonly environment: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** By ARN: the environments that things are tagged with. */
  readonly taggedAs: ReadonlyMap<string, string>;
  /** Names of the environment's stacks that stand. */
  readonly standing: ReadonlySet<string>;
  /** Ids of the networks with the environment's tag, and the stacks that stand around them; undefined for none. */
  readonly networks: ReadonlyMap<string, string | undefined>;
}

/** Set by CloudFormation on what it makes. */
export const STACK_TAG = 'aws:cloudformation:stack-name';
const LOGICAL_TAG = 'aws:cloudformation:logical-id';

/**
 * What a sighting is to the environment; undefined where it is somebody else's. A tag is believed before a network, and
 * a network before a name: what is tagged as another environment's is that one's, whatever it is called.
 */
export function recognise(sighting: Sighting, scope: Scope): Leftover | undefined {
  const { owner, arn, type, id, going, charge } = sighting;
  if (owner !== undefined && owner !== scope.account) return undefined;
  const known = foundBy(sighting, scope);
  if (known === undefined) return undefined;
  const logicalId = sighting.tags?.[LOGICAL_TAG];
  return {
    ...{ arn, type, id, ...known },
    ...(logicalId === undefined ? {} : { logicalId }),
    ...(going === undefined ? {} : { going }),
    ...(charge === undefined ? {} : { charge }),
  };
}

function foundBy(sighting: Sighting, scope: Scope): Pick<Leftover, 'foundBy' | 'name'> | undefined {
  const { tags = {}, arn, network, names } = sighting;
  const tagged = tags[TAG.environment] ?? scope.taggedAs.get(arn);
  if (tagged !== undefined) {
    if (tagged !== scope.environment) return undefined;
    return { foundBy: isHeld(tags, scope) ? 'stack' : 'tag' };
  }
  if (network !== undefined && scope.networks.has(network)) {
    return { foundBy: scope.networks.get(network) === undefined ? 'network' : 'stack' };
  }
  const name = names.find((one) => isNamedAfter(scope.environment, one));
  if (name === undefined) return undefined;
  const isOfStack = [...scope.standing].some((stack) => isNamedAfter(stack, name));
  return { foundBy: isOfStack ? 'stack' : 'name', name };
}

/**
 * Whether a thing with the environment's tag belongs to what stands. Without CloudFormation's own tag nobody can tell
 * whose it is, a task's or a left one; as long as anything stands it is not called left.
 */
export function isHeld(tags: Readonly<Record<string, string>>, { standing }: Pick<Scope, 'standing'>): boolean {
  const stack = tags[STACK_TAG];
  return stack === undefined ? standing.size > 0 : standing.has(stack);
}

/** `arn:aws:…`, `arn:aws-cn:…`; AWS names its partitions by the region's first part. */
export function arnOf(service: string, region: string, account: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export function tagsOf(
  list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): Record<string, string> {
  return Object.fromEntries(list.map(({ Key = '', Value = '' }) => [Key, Value]));
}
