import { ServiceError } from '../../world.ts';
import { pageOf } from '../page.ts';
import type { Page } from '../page.ts';

const PAGE_SIZE = 100;

export function ecrPage<T>(
  all: readonly T[],
  { maxResults, nextToken }: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
): Page<T> {
  return pageOf(all, maxResults ?? PAGE_SIZE, nextToken, () => {
    return new ServiceError(
      'InvalidParameterException',
      "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Token invalid or expired'",
    );
  });
}
