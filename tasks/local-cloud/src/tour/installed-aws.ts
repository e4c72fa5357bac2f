import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runOnce } from './aws-program.ts';

/** The `aws` command line on the path. */
export interface InstalledAws {
  /** `aws-cli/1.45.11` */
  readonly version: string;
  /** The interpreter that has it as a module; there is none where it was installed as one executable. */
  readonly python?: string;
}

/** Out: undefined where there is no `aws`. */
export async function installedAws(): Promise<InstalledAws | undefined> {
  const { failed, stdout, stderr } = await runOnce('aws', ['--version'], process.env);
  if (failed) return undefined;
  const version = `${stdout}${stderr}`.split(' ')[0] ?? '';
  for (const python of [interpreterOf(pathOf('aws')), 'python3'].filter((one) => one !== undefined)) {
    // Another one may have a version of its own.
    const module = await runOnce(python, ['-c', 'import awscli; print(awscli.__version__)'], process.env);
    if (!module.failed && version === `aws-cli/${module.stdout.trim()}`) return { version, python };
  }
  return { version };
}

function pathOf(program: string): string | undefined {
  const paths = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program));
  return paths.find((path) => existsSync(path));
}

/** What the first line of a script names, `#!/usr/bin/python3`. */
function interpreterOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : /^#!(\S*python[\d.]*)\s/.exec(readFileSync(path, 'latin1'))?.[1];
}
