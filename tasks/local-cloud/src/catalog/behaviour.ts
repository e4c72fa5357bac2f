import type { ResourceType } from '@roundtrip/spec';
import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { NameRule } from './names.ts';
import type { Duration } from './seconds.ts';

/** What a type's behaviour sees while one resource is being made. */
export interface Making {
  readonly world: World;
  readonly realm: Realm;
  readonly type: ResourceType;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  /** The stack that makes it; absent where a service's own API does. */
  readonly stackId?: string;
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
    | 'AccessDenied'
    | 'AlreadyExists'
    | 'GeneralServiceException'
    | 'InvalidRequest'
    | 'NotFound'
    | 'NotStabilized'
    | 'ResourceConflict'
    | 'ServiceLimitExceeded';
  /** What the service's own API calls it: `DependencyViolation`. */
  readonly code?: string;
  /** The HTTP status of the service's own API; 400 unless said. */
  readonly status?: number;
  /** What the API's error has beside its text. */
  readonly members?: Readonly<Record<string, string>>;
  /** CloudFormation says it itself: it is not put into the words for what a handler says. */
  readonly isOwnText?: true;
  /** CloudFormation's handler asks again for this many seconds before it gives up; without it, it gives up at once. */
  readonly retrySeconds?: number;
}

/** Whether a thing has got to where CloudFormation waits for it to be; a refusal is where it will never get there. */
export type Readiness = 'ready' | 'waiting' | Refusal;

/** Where a type differs from the generic rule. Everything is optional; each property is one difference. */
export interface Behaviour {
  make?(making: Making): Made;
  /** Why AWS would refuse to make it; asked before `make`. */
  refuseCreate?(making: Making): Refusal | undefined;
  /** The text when the identifier is taken, with the API's own code; the generic one is Cloud Control's. */
  taken?(id: string): string | Pick<Refusal, 'text' | 'code' | 'status'>;
  /** How long it takes where its properties decide; what is left out is the table's. */
  seconds?(properties: Readonly<Record<string, unknown>>): Partial<Duration> | undefined;
  /** Asked once the time for making or changing it is over, and again until it is ready: a service becomes steady. */
  readiness?(world: World, realm: Realm, resource: Resource): Readiness;
  /** The delete has been accepted; the record itself goes when the delete ends, in `takesMs` where that is known. */
  deleting?(world: World, realm: Realm, resource: Resource, takesMs?: number): void;
  /** Asked once the time for deleting it is over, and again until it is ready to go: tasks drain, interfaces are freed. */
  clearance?(world: World, realm: Realm, resource: Resource): Readiness;
  /** Why AWS would refuse to delete it now; asked when the delete begins and when it ends. */
  refuseDelete?(world: World, realm: Realm, resource: Resource): Refusal | undefined;
  /** The service keeps the record, but CloudFormation and Cloud Control take it for deleted: a key that waits for its end. */
  isGone?(world: World, realm: Realm, resource: Resource): boolean;
  /** What else happens once it is made, changed or gone; `takesMs` is how long CloudFormation will wait for it at least. */
  made?(world: World, realm: Realm, resource: Resource, takesMs?: number): void;
  changed?(world: World, realm: Realm, before: Resource, after: Resource, takesMs?: number): void;
  gone?(world: World, realm: Realm, resource: Resource): void;
  /** The record that DeletionPolicy Snapshot leaves behind; made when the delete begins, just before `deleting`. */
  snapshot?(world: World, realm: Realm, resource: Resource): void;
  /** Decides where the specification says that a change may replace. */
  replaces?(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): boolean;
}

export type Behaviours = Readonly<Record<string, Behaviour>>;
