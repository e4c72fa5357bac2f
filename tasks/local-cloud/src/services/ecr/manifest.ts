import { ServiceError } from '../../world.ts';

const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json';

export interface Manifest {
  readonly mediaType: string;
  /** What configuration and layers take together; an index takes nothing of its own. */
  readonly bytes: number;
}

/** @throws ServiceError InvalidParameterException */
export function manifestOf(text: string, mediaType?: string): Manifest {
  const manifest = parsed(text);
  const { config, layers = [] } = manifest as { config?: Sized; layers?: readonly Sized[] };
  const parts = config === undefined ? layers : [config, ...layers];
  const own = (manifest as { mediaType?: unknown }).mediaType;
  return {
    mediaType: mediaType ?? (typeof own === 'string' ? own : DOCKER),
    bytes: parts.reduce((sum, { size = 0 }) => sum + size, 0),
  };
}

interface Sized {
  readonly size?: number;
}

function parsed(text: string): object {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest === 'object' && manifest !== null && 'schemaVersion' in manifest) return manifest;
  } catch {
    // Said below, in ECR's words.
  }
  throw new ServiceError(
    'InvalidParameterException',
    "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
  );
}
