import type { Behaviours } from './behaviour.ts';
import { randomSuffix } from './names.ts';

/** CloudFront: where names are given. */
export const networkNames: Behaviours = {
  'AWS::CloudFront::Distribution': {
    make(making) {
      const id = `E${randomSuffix(making.world, 13)}`;
      return { id, attributes: { Id: id, DomainName: `d${making.world.hex(13)}.cloudfront.net` } };
    },
  },
};
