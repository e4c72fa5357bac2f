import type { Behaviours, Making } from './behaviour.ts';
import { randomSuffix } from './names.ts';

export const iam: Behaviours = {
  'AWS::IAM::Role': {
    make(making) {
      const name = making.name('RoleName');
      const arn = named(making, 'role', name);
      return { id: name, arn, attributes: { Arn: arn, RoleId: `AROA${randomSuffix(making.world, 17)}` } };
    },
    taken: (id) => `Role with name ${id} already exists.`,
  },
  'AWS::IAM::InstanceProfile': {
    make(making) {
      const name = making.name('InstanceProfileName');
      const arn = named(making, 'instance-profile', name);
      return { id: name, arn, attributes: { Arn: arn } };
    },
    taken: (id) => `Instance Profile ${id} already exists.`,
  },
  'AWS::IAM::User': {
    make(making) {
      const name = making.name('UserName');
      const arn = named(making, 'user', name);
      return { id: name, arn, attributes: { Arn: arn } };
    },
    taken: (id) => `User with name ${id} already exists.`,
  },
  'AWS::IAM::ManagedPolicy': {
    make(making) {
      const name = making.name('ManagedPolicyName');
      const arn = named(making, 'policy', name);
      return { id: arn, arn, attributes: { PolicyArn: arn } };
    },
    taken: (id) => `A policy called ${id.split('/').at(-1)} already exists. Duplicate names are not allowed.`,
  },
  // An inline policy's physical id is made up by CloudFormation; its own name may be taken by many roles.
  'AWS::IAM::Policy': { make: (making) => ({ id: making.name('Id', { maxLength: 32 }) }) },
};

function named(making: Making, kind: string, name: string): string {
  return `arn:aws:iam::${making.realm.account}:${kind}${making.text('Path') ?? '/'}${name}`;
}
