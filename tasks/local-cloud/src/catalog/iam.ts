import type { Resource } from '../resource.ts';
import type { Realm, World } from '../world.ts';
import type { Behaviour, Behaviours, Making, Refusal } from './behaviour.ts';
import {
  INSTANCE_PROFILE,
  MANAGED_POLICY,
  ROLE,
  USER,
  ownPolicies,
  profilesOf,
  putOwnPolicies,
} from './iam-policies.ts';
import { randomSuffix } from './names.ts';
import { resourcesOf } from './resources-of.ts';
import { roleGone, roleMade } from './role-use.ts';

export const iam: Behaviours = {
  [ROLE]: {
    make(making) {
      const name = making.name('RoleName');
      const arn = named(making, 'role', name);
      return { id: name, arn, attributes: { Arn: arn, RoleId: `AROA${randomSuffix(making.world, 17)}` } };
    },
    taken: (id) => exists(`Role with name ${id} already exists.`),
    made: (world, realm, { id }) => roleMade(world, realm, id),
    refuseDelete: (world, realm, role) => holderInUse(world, realm, role) ?? inProfile(world, realm, role),
    gone(world, realm, role) {
      roleGone(world, realm, role.id);
      putOwnPolicies(world, realm, role, { attached: [], inline: {} });
    },
  },
  [INSTANCE_PROFILE]: {
    make(making) {
      const name = making.name('InstanceProfileName');
      const arn = named(making, 'instance-profile', name);
      return { id: name, arn, attributes: { Arn: arn } };
    },
    taken: (id) => exists(`Instance Profile ${id} already exists.`),
  },
  'AWS::IAM::OIDCProvider': {
    make(making) {
      const host = (making.text('Url') ?? making.name('Url')).replace(/^https:\/\//, '').replace(/\/$/, '');
      const arn = named(making, 'oidc-provider', host);
      return { id: arn, arn, attributes: { Arn: arn } };
    },
    taken: () => exists('Provider with url already exists.'),
  },
  [USER]: {
    make(making) {
      const name = making.name('UserName');
      const arn = named(making, 'user', name);
      return { id: name, arn, attributes: { Arn: arn } };
    },
    taken: (id) => exists(`User with name ${id} already exists.`),
    refuseDelete: holderInUse,
    gone: (world, realm, user) => putOwnPolicies(world, realm, user, { attached: [], inline: {} }),
  },
  [MANAGED_POLICY]: {
    make(making) {
      const name = making.name('ManagedPolicyName');
      const arn = named(making, 'policy', name);
      const at = new Date(making.world.now).toISOString();
      return {
        id: arn,
        arn,
        attributes: {
          PolicyArn: arn,
          PolicyId: `ANPA${randomSuffix(making.world, 17)}`,
          ...{ DefaultVersionId: 'v1', IsAttachable: true, CreateDate: at, UpdateDate: at },
        },
        properties: { ManagedPolicyName: name },
      };
    },
    taken: (id) => exists(`A policy called ${id.split('/').at(-1)} already exists. Duplicate names are not allowed.`),
    refuseDelete: policyInUse,
  },
  // An inline policy's physical id is made up by CloudFormation; its own name may be taken by many roles.
  'AWS::IAM::Policy': { make: (making) => ({ id: making.name('Id', { maxLength: 32 }) }) },
} satisfies Readonly<Record<string, Behaviour>>;

function named(making: Making, kind: string, name: string): string {
  return `arn:aws:iam::${making.realm.account}:${kind}${making.text('Path') ?? '/'}${name}`;
}

function exists(text: string): Pick<Refusal, 'text' | 'code' | 'status'> {
  return { text, code: 'EntityAlreadyExistsException', status: 409 };
}

function conflict(text: string): Refusal {
  return { text, handlerErrorCode: 'ResourceConflict', code: 'DeleteConflictException', status: 409 };
}

/** What a template gave goes with its role; what others attached has to be taken away first. */
function holderInUse(world: World, realm: Realm, holder: Resource): Refusal | undefined {
  const { attached, inline } = ownPolicies(world, realm, holder);
  const property = holder.type === USER ? 'Users' : 'Roles';
  const isNamed = (type: string): boolean =>
    [...resourcesOf(world, realm, type)].some(({ properties }) => {
      const list = properties[property];
      return Array.isArray(list) && list.includes(holder.id);
    });
  if (attached.length > 0 || isNamed(MANAGED_POLICY)) {
    return conflict('Cannot delete entity, must detach all policies first.');
  }
  if (Object.keys(inline).length > 0 || isNamed('AWS::IAM::Policy')) {
    return conflict('Cannot delete entity, must delete policies first.');
  }
  return undefined;
}

function inProfile(world: World, realm: Realm, role: Resource): Refusal | undefined {
  return profilesOf(world, realm, role.id).length === 0
    ? undefined
    : conflict('Cannot delete entity, must remove roles from instance profile first.');
}

/** A template's own attachments end with it; those of other roles and users do not. */
function policyInUse(world: World, realm: Realm, policy: Resource): Refusal | undefined {
  for (const type of [ROLE, USER]) {
    for (const holder of resourcesOf(world, realm, type)) {
      const given = (holder.properties['ManagedPolicyArns'] ?? []) as readonly string[];
      if (![...given, ...ownPolicies(world, realm, holder).attached].includes(policy.id)) continue;
      return conflict('Cannot delete a policy attached to entities.');
    }
  }
  return undefined;
}
