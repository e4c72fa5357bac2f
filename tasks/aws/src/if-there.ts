import { CloudError } from '@roundtrip/engine';
import { toCloudError } from './cloud-error.ts';

/** `NoSuchBucket`, `RepositoryNotFoundException`, `InvalidNetworkInterfaceID.NotFound` and their like. */
const GONE = /NotFound|NoSuch|ServiceNotActive/;
/** ECS has no code of its own for a task that it has forgotten. */
const GONE_TEXT = /referenced task was not found/;

/**
 * Undefined where AWS says that the thing is not there: somebody else has deleted it.
 * @throws CloudError
 */
export async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw toCloudError(error);
  }
}

function isGone(error: unknown): boolean {
  if (error instanceof CloudError) return error.kind === 'not-found' || GONE.test(error.code);
  return error instanceof Error && (GONE.test(error.name) || GONE_TEXT.test(error.message));
}
