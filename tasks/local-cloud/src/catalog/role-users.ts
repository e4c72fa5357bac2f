import type { Behaviours } from './behaviour.ts';
import { refuseRole } from './role-use.ts';

/** Types of services that assume a role as soon as they are made; otherwise they follow the generic rule. */
export const roleUsers: Behaviours = {
  'AWS::Lambda::Function': {
    refuseCreate: (making) =>
      refuseRole(making, making.properties['Role'], {
        text: 'The role defined for the function cannot be assumed by Lambda.',
        code: 'InvalidParameterValueException',
      }),
  },
};
