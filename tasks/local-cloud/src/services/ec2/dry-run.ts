import { ServiceError } from '../../world.ts';
import type { Operation } from '../../world.ts';

type Operations = Readonly<Record<string, Operation>>;

/**
 * EC2's operations can be tried out: they say that they would have succeeded, or fail as they would have. What is
 * thrown leaves no trace, so they are simply carried out first.
 */
export function withDryRun(operations: Operations): Operations {
  return Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, tryable(operation)]));
}

function tryable(operation: Operation): Operation {
  return (world, input, call) => {
    const output = operation(world, input, call);
    if ((input as { readonly DryRun?: boolean }).DryRun !== true) return output;
    throw new ServiceError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  };
}
