const NUMBERS: ReadonlySet<string> = new Set(['DurationSeconds', 'Order', 'SessionTimeout', 'Weight']);
const BOOLEANS: ReadonlySet<string> = new Set(['Enabled', 'UseExistingClientSecret', 'IgnoreClientCertificateExpiry']);

/** Templates may give numbers and booleans as text; the API has them as such. */
export function typed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (NUMBERS.has(name)) return [name, Number(item)];
      return [name, BOOLEANS.has(name) ? String(item) === 'true' : typed(item)];
    }),
  );
}
