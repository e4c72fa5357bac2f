import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cutResource } from './cut-resource.ts';
import { fileOfService, STAMP_FILE, type Stamp } from './data-files.ts';
import type { ResourceType } from './resource-type.ts';

/** Counted up when the cut's own form changes, so that files of the old form are replaced. */
const FORM = 1;

/**
 * Fills a folder with one JSON file a service, unless it holds this version already.
 * Gives the number of resource types that were cut; 0 where there was nothing to do.
 */
export async function cutSpec(folder: string): Promise<number> {
  const version = `${sourceVersion()}/${FORM}`;
  if (stampedVersion(folder) === version) return 0;
  // Only here: loading it takes over a second, and set-up calls this each time.
  const { loadAwsServiceSpecSync } = await import('@aws-cdk/aws-service-spec');
  const database = loadAwsServiceSpecSync();
  const types = database.all('resource').map((resource) => cutResource(database, resource));
  types.sort((a, b) => (a.name < b.name ? -1 : 1));
  mkdirSync(folder, { recursive: true });
  for (const [file, service] of byFile(types))
    write(folder, file, Object.fromEntries(service.map((type) => [type.name, type])));
  const stamp: Stamp = { version, names: types.map((type) => type.name) };
  write(folder, STAMP_FILE, stamp);
  return types.length;
}

function sourceVersion(): string {
  const path = createRequire(import.meta.url).resolve('@aws-cdk/aws-service-spec/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

function stampedVersion(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, STAMP_FILE), 'utf8')) as Stamp).version;
  } catch {
    return undefined;
  }
}

function byFile(types: readonly ResourceType[]): Map<string, ResourceType[]> {
  const files = new Map<string, ResourceType[]>();
  for (const type of types) {
    const file = fileOfService(type.name);
    files.set(file, [...(files.get(file) ?? []), type]);
  }
  return files;
}

/** Renamed into place, so that two cuts at the same time cannot leave half a file. */
function write(folder: string, file: string, content: object): void {
  const path = join(folder, file);
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(content));
  renameSync(temporary, path);
}
