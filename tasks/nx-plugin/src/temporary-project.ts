import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A project in a temporary folder for the tests of the generators: just layers, and the files that they stand upon. */
export interface TemporaryProject {
  readonly root: string;
  remove(): void;
}

/** In: for each layer the layers that it depends on. The caller removes it. */
export function temporaryProject(layers: Readonly<Record<string, readonly string[]>>): TemporaryProject {
  const root = mkdtempSync(join(tmpdir(), 'roundtrip-project-'));
  const write = (path: string, content: object) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${JSON.stringify(content, null, 2)}\n`);
  };
  write('package.json', { name: 'project', private: true, packageManager: 'npm@11.0.0', workspaces: ['packages/*'] });
  write('nx.json', { analytics: false, neverConnectToCloud: true, useDaemonProcess: false });
  write('tsconfig.json', { files: [], references: Object.keys(layers).map((name) => ({ path: `packages/${name}` })) });
  write('.prettierrc.json', { singleQuote: true, printWidth: 120 });
  for (const [name, dependsOn] of Object.entries(layers)) {
    const dependencies = Object.fromEntries(dependsOn.map((dependency) => [`@roundtrip/${dependency}`, '*']));
    const scripts = { 'destroy-stage': `echo ${name} >> ../../order`, stage: `echo ${name} >> ../../order` };
    write(`packages/${name}/package.json`, { name: `@roundtrip/${name}`, version: '0.1.0', scripts, dependencies });
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
