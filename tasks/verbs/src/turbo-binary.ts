import { createRequire } from 'node:module';

/** Never phones home, never colours what goes into a file. */
export const TURBO_QUIET = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', FORCE_COLOR: '0' };

/** The program itself, not npm's wrapper around it: one process less to start and to pass signals through. */
export function turboBinary(): string {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? '64' : process.arch;
  try {
    return require.resolve(`@turbo/${platform}-${arch}/bin/turbo${platform === 'windows' ? '.exe' : ''}`);
  } catch {
    return require.resolve('turbo/bin/turbo');
  }
}
