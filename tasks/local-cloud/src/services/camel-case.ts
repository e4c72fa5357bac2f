/** Maps whose keys are the user's own words. */
const FREE_MAPS: ReadonlySet<string> = new Set(['DockerLabels', 'DriverOpts', 'Labels', 'Options']);

/**
 * A value as templates have it, `{ ContainerPort: 80 }`, as JSON APIs have it, `{ containerPort: 80 }`. ECS names the
 * same things alike in both but for the first letter.
 */
export function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      FREE_MAPS.has(name) ? item : camelCase(item),
    ]),
  );
}
