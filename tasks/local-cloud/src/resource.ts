import type { Realm, Table, World } from './world.ts';

/**
 * One object in the simulated account, however it came to be: CloudFormation makes most of them, other services'
 * APIs see, change and delete the same records. Kept in the table `resource` of its realm under `<type>|<id>`.
 */
export interface Resource {
  /** CloudFormation's name of the type: `AWS::ECS::Service`. */
  readonly type: string;
  /** The primary identifier as Cloud Control has it, parts joined by `|`; usually equal to what `Ref` gives. */
  readonly id: string;
  readonly arn?: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by attribute name. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** The stack and logical id that own it; absent once it is retained, or when it was not made by a stack. */
  readonly stackId?: string;
  readonly logicalId?: string;
}

export function resources(world: World, realm: Realm): Table<Resource> {
  return world.table<Resource>('resource', realm);
}

export function resourceKey(type: string, id: string): string {
  return `${type}|${id}`;
}
