import type { Problem } from '@roundtrip/problem';
import { nearest } from './nearest.ts';

/** A name that no file in `services/` has. */
export function unknownService(name: string, names: readonly string[], place: Problem['place']): Problem {
  const near = nearest(name, names);
  return {
    code: 'unknown-service',
    ...(place && { place }),
    what: `there is no service "${name}"`,
    next: near === undefined ? `the services are ${names.join(', ')}` : `did you mean "${near}"?`,
  };
}
