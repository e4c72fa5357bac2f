export interface OutputMode {
  /** `live`: a screen that is drawn again and again; `plain`: lines that are written once. */
  readonly kind: 'live' | 'plain';
  readonly color: boolean;
  /** Whether GitHub's workflow commands (`::group::`, `::error::`) mean something to the reader. */
  readonly github: boolean;
}

/** Narrower than this, a live line would show nothing but a cut-off name. */
const LIVE_COLUMNS_MIN = 40;

/**
 * How to write to an output, decided from nothing but what is given:
 * - live on a terminal of at least 40 columns that is not `TERM=dumb` and not in CI (`CI` set and not `false` or `0`);
 * - colour where `FORCE_COLOR` says so (set and not `0` or `false`), else on a terminal that is not dumb and not in CI;
 *   `NO_COLOR`, set to anything but nothing, wins over both (https://no-color.org);
 * - GitHub's commands where `GITHUB_ACTIONS` is `true`.
 */
export function outputMode(input: {
  isTTY: boolean;
  env: Readonly<Record<string, string | undefined>>;
  columns?: number | undefined;
}): OutputMode {
  const { env } = input;
  const github = env['GITHUB_ACTIONS'] === 'true';
  const ci = github || isOn(env['CI'], false);
  const screen = input.isTTY && env['TERM'] !== 'dumb' && !ci;
  const noColor = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  const color = !noColor && (env['FORCE_COLOR'] === undefined ? screen : isOn(env['FORCE_COLOR'], true));
  return { kind: screen && (input.columns ?? 80) >= LIVE_COLUMNS_MIN ? 'live' : 'plain', color, github };
}

function isOn(value: string | undefined, whenEmpty: boolean): boolean {
  if (value === undefined) return false;
  return value === '' ? whenEmpty : value !== '0' && value.toLowerCase() !== 'false';
}
