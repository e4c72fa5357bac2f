/**
 * A resource type as AWS's published specification has it, cut down to what a check or a simulation needs.
 * Source: @aws-cdk/aws-service-spec. One JSON file a service is cut from it once, at set-up, because loading the
 * whole database costs over a second and 180 MB.
 */
export interface ResourceType {
  /** `AWS::EC2::VPC` */
  readonly name: string;
  readonly properties: Readonly<Record<string, Property>>;
  /** Names that `Fn::GetAtt` accepts. */
  readonly attributes: Readonly<Record<string, PropertyType>>;
  /** Property or attribute names that identify the resource: what Cloud Control takes. */
  readonly primaryIdentifier: readonly string[];
  /** What `Ref` gives, where it is not the primary identifier: the ARN of an ECS service, without its cluster. */
  readonly refIdentifier?: readonly string[];
  /** Holds data that are lost with it: a database, a bucket. */
  readonly isStateful?: true;
  /** The property that holds tags, where the type can be tagged. */
  readonly tagProperty?: string;
  readonly arnTemplate?: string;
  /** The shapes that properties refer to, by name. */
  readonly definitions: Readonly<Record<string, Readonly<Record<string, Property>>>>;
}

export interface Property {
  readonly type: PropertyType;
  readonly required?: true;
  /** What a change of it does; absent means no interruption. */
  readonly causesReplacement?: 'yes' | 'maybe';
}

export type PropertyType =
  | { readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'json' | 'date-time' | 'null' | 'tag' }
  | { readonly type: 'array' | 'map'; readonly element: PropertyType }
  | { readonly type: 'ref'; readonly definition: string }
  | { readonly type: 'union'; readonly types: readonly PropertyType[] };
