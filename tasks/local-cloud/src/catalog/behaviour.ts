import type { ResourceType } from '@roundtrip/spec';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { NameRule } from './names.ts';

/** What a type's behaviour sees while one resource is being made. */
export interface Making {
  readonly world: World;
  readonly realm: Realm;
  readonly type: ResourceType;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  /** The property as text, where it is given. */
  text(property: string): string | undefined;
  /** The property, or a generated name where it is missing; drawn once, then the same. */
  name(property: string, rule?: NameRule): string;
  /** `arn:aws:<service>:<region>:<account>:<rest>` */
  arn(service: string, rest: string): string;
  /** `<prefix>-<17 hexadecimal digits>` */
  id(prefix: string): string;
}

export interface Made {
  readonly id?: string;
  readonly ref?: string;
  readonly arn?: string;
  /** Put on top of what the generic rule makes of the specification's attributes. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Put on top of the template's properties: what the service keeps beside them. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** What AWS refuses with, and the code that CloudFormation's handlers give it. */
export interface Refusal {
  readonly text: string;
  readonly handlerErrorCode:
    'AlreadyExists' | 'GeneralServiceException' | 'InvalidRequest' | 'NotFound' | 'ResourceConflict';
}

/** Where a type differs from the generic rule. Everything is optional; each property is one difference. */
export interface Behaviour {
  make?(making: Making): Made;
  /** Why AWS would refuse to make it; asked before `make`. */
  refuseCreate?(making: Making): Refusal | undefined;
  /** The text when the identifier is taken; the generic one is Cloud Control's. */
  taken?(id: string): string;
  /** Why AWS would refuse to delete it now. */
  refuseDelete?(world: World, realm: Realm, resource: Resource): Refusal | undefined;
  /** What else happens once it is made, changed or gone. */
  made?(world: World, realm: Realm, resource: Resource): void;
  changed?(world: World, realm: Realm, before: Resource, after: Resource): void;
  gone?(world: World, realm: Realm, resource: Resource): void;
  /** The record that DeletionPolicy Snapshot leaves behind. */
  snapshot?(world: World, realm: Realm, resource: Resource): void;
  /** Decides where the specification says that a change may replace. */
  replaces?(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): boolean;
}

export type Behaviours = Readonly<Record<string, Behaviour>>;
