import { generatedFiles } from './generated-files.ts';
import { installedScript } from './installed-script.ts';
import { projectRoot } from './project-root.ts';
import { runCommand } from './run-command.ts';

/** `make sync`: writes everything that `make check` compares: teardown edges, the editors' schema, the scheduled jobs. */
async function main(root: string): Promise<number> {
  const writers = [
    { what: 'teardown edges', args: [installedScript(root, 'nx', 'dist/bin/nx.js'), 'sync'] },
    ...generatedFiles(root).map(({ name, script }) => ({ what: name, args: [script] })),
  ];
  let exitCode = 0;
  for (const { what, args } of writers) {
    const failure = await runCommand(root, args);
    process.stdout.write(failure === '' ? `ok   ${what}\n` : `FAIL ${what}\n\n${failure}\n`);
    if (failure !== '') exitCode = 1;
  }
  return exitCode;
}

process.exitCode = await main(projectRoot());
