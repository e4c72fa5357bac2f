import type { Behaviours } from './behaviour.ts';

export const waitConditions: Behaviours = {
  'AWS::CloudFormation::WaitConditionHandle': {
    /** `Ref` gives a signed URL of a bucket of CloudFormation's. */
    make({ world, realm, id }) {
      const { region, account } = realm;
      const key = encodeURIComponent(`arn:aws:cloudformation:${region}:${account}:${id('handle')}`);
      const signature = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=86399&X-Amz-Signature=${world.hex(64)}`;
      return {
        id: world.uuid(),
        ref: `https://cloudformation-waitcondition-${region}.s3.${region}.amazonaws.com/${key}?${signature}`,
      };
    },
  },
  'AWS::CloudFormation::WaitCondition': {
    make: ({ name }) => ({ id: name('Id'), attributes: { Data: '{}' } }),
  },
};
