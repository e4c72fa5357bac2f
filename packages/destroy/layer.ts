import { defineLayer } from '@roundtrip/environment';
import * as v from 'valibot';

const RETAIN = 'what may be left when the environment is destroyed: logical names of resources, or ARNs';

/**
 * Has no stacks of its own and depends on every layer, so that it comes last in a teardown: its hooks look for what is
 * left, and on the way up for what would be in the way of a teardown.
 */
export default defineLayer({
  name: 'destroy',
  config: v.strictObject({
    retain: v.optional(v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.metadata({ description: RETAIN })), []),
  }),
  stacks: () => [],
});
