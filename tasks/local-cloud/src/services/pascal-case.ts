/** Maps whose keys are the user's own words. */
const FREE_MAPS: ReadonlySet<string> = new Set(['dockerLabels', 'driverOpts', 'labels', 'options']);

/** The other way round from `camelCase`: what a JSON API was given, in the words of templates. */
export function pascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascalCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [
        name.charAt(0).toUpperCase() + name.slice(1),
        FREE_MAPS.has(name) ? item : pascalCase(item),
      ]),
  );
}

/** A request's members but some, as a template's properties. */
export function propertiesOf(input: object, ...without: readonly string[]): Record<string, unknown> {
  const kept = Object.entries(input).filter(([name]) => !without.includes(name));
  return pascalCase(Object.fromEntries(kept)) as Record<string, unknown>;
}
