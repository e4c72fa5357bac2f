import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** Where a checkout's local cloud keeps its things. */
export interface Place {
  readonly root: string;
  readonly dataDirectory: string;
  /** Beside the data, so that a reset does not take away the reason for it. */
  readonly logFile: string;
}

export function placeOf(root: string): Place {
  const real = realpathSync(root);
  return {
    root: real,
    dataDirectory: join(real, '.roundtrip/cloud'),
    logFile: join(real, '.roundtrip/cloud.log'),
  };
}

/** The port that this checkout's local cloud was last started on. */
export function lastPort(place: Place): number | undefined {
  try {
    const { port } = JSON.parse(readFileSync(join(place.dataDirectory, 'daemon.json'), 'utf8')) as { port: unknown };
    return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}
