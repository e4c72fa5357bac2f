import type { Realm, Table, World } from '../../world.ts';

export interface Export {
  readonly name: string;
  readonly stackId: string;
  readonly value: string;
}

export function exportsOf(world: World, realm: Realm): Table<Export> {
  return world.table('cloudformation.export', realm);
}

/** Who uses an export: ARNs of stacks, by the export's name. */
export function importsOf(world: World, realm: Realm): Table<{ readonly stackIds: readonly string[] }> {
  return world.table('cloudformation.import', realm);
}

export function addImport(world: World, realm: Realm, name: string, stackId: string): void {
  const table = importsOf(world, realm);
  const stackIds = table.get(name)?.stackIds ?? [];
  if (!stackIds.includes(stackId)) table.put(name, { stackIds: [...stackIds, stackId] });
}

/** Makes a stack's imports exactly these. */
export function setImports(world: World, realm: Realm, stackId: string, names: ReadonlySet<string>): void {
  const table = importsOf(world, realm);
  const known = [...exportsOf(world, realm).values()].map(({ name }) => name);
  for (const name of known) {
    const stackIds = table.get(name)?.stackIds ?? [];
    const isUser = stackIds.includes(stackId);
    if (isUser === names.has(name)) continue;
    const left = isUser ? stackIds.filter((id) => id !== stackId) : [...stackIds, stackId];
    if (left.length === 0) table.delete(name);
    else table.put(name, { stackIds: left });
  }
}

/** What AWS says about an export that is going away or changing while others use it. */
export function exportInUse(
  world: World,
  realm: Realm,
  name: string,
  what: 'deleted' | 'updated',
  nameOf: (stackId: string) => string,
): string | undefined {
  const users = importsOf(world, realm).get(name)?.stackIds ?? [];
  if (users.length === 0) return undefined;
  return `Export ${name} cannot be ${what} as it is in use by ${users.map(nameOf).join(', ')}`;
}
