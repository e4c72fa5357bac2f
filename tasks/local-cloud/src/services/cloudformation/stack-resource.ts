import type { Realm, Table, World } from '../../world.ts';

/** What a stack knows of one of its resources, in `cloudformation.stack-resource` under `<stack ARN>|<logical id>`. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly updatedAt: number;
  /** What `Ref` gives; absent until the resource has one. */
  readonly physicalId?: string | undefined;
  /** The identifier of its record in the table `resource`. */
  readonly resourceId?: string | undefined;
  /** With references resolved, dynamic references as written: what the next update is compared with. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly stackTags: Readonly<Record<string, string>>;
  readonly deletionPolicy?: string | undefined;
  readonly updateReplacePolicy?: string | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** Logical ids that it was made after. */
  readonly needs: readonly string[];
  /** What the service was last told, where the stack does not stand by it yet: a change under way, or one that failed. */
  readonly applied?: Readonly<Record<string, unknown>> | undefined;
  /** What it is being changed to, while it is. */
  readonly pending?: Pending | undefined;
}

/** What a template wants one resource to be, with every reference resolved. */
export type Target = Omit<
  StackResource,
  'status' | 'updatedAt' | 'reason' | 'physicalId' | 'resourceId' | 'applied' | 'pending'
>;

export interface Pending {
  readonly action: 'create' | 'update' | 'replace' | 'switch-back';
  /** Where the change leads; what is being created says it itself. */
  readonly target?: Target | undefined;
}

export function stackResources(world: World, realm: Realm): Table<StackResource> {
  return world.table('cloudformation.stack-resource', realm);
}

export function stackResourceKey(stackId: string, logicalId: string): string {
  return `${stackId}|${logicalId}`;
}

/** A stack's resources in the order in which they were begun. */
export function resourcesOfStack(
  world: World,
  realm: Realm,
  stack: { readonly id: string; readonly logicalIds: readonly string[] },
): StackResource[] {
  const table = stackResources(world, realm);
  return stack.logicalIds.flatMap((logicalId) => table.get(stackResourceKey(stack.id, logicalId)) ?? []);
}
