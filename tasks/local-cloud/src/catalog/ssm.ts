import type { Behaviours } from './behaviour.ts';
import { addVersion, forgetVersions } from './parameter-versions.ts';

export const ssm: Behaviours = {
  'AWS::SSM::Parameter': {
    make(making) {
      const name = making.text('Name') ?? `CFN-${making.name('Name').split('-').slice(-2).join('-')}`;
      return {
        id: name,
        arn: making.arn('ssm', `parameter/${name.replace(/^\//, '')}`),
        attributes: { Type: making.text('Type') ?? 'String', Value: making.text('Value') ?? '' },
      };
    },
    /** Every change of a template is an overwrite. */
    changed: (world, realm, before, after) => addVersion(world, realm, before, after),
    gone: forgetVersions,
  },
};
