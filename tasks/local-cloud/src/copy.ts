/**
 * A copy of what crosses between the cloud and its caller in one process: neither side keeps what the other may change.
 * For the plain data of the SDK's shapes, several times as quick as `structuredClone`.
 */
export function copy<T>(value: T): T {
  return copied(value, false) as T;
}

/** The same, but for what was shared, which is handed on as it is. */
export function copyUnshared<T>(value: T): T {
  return copied(value, true) as T;
}

/** The one copy that every caller gets of what is shared. */
const shared = new WeakMap<object, object>();

/**
 * Says that something is answered often and never changed: `copyUnshared` hands out one copy of it, which is frozen. Its
 * dates can be changed all the same.
 */
export function share<T extends object>(value: T): T {
  const one = copy<object>(value);
  freeze(one);
  shared.set(value, one);
  return value;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return;
  for (const member of Object.values(value)) freeze(member);
  Object.freeze(value);
}

function copied(value: unknown, keepsShared: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = keepsShared ? shared.get(value) : undefined;
  if (known !== undefined) return known;
  if (Array.isArray(value)) return value.map((item) => copied(item, keepsShared));
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof Uint8Array) return value.slice();
  // Text with a media type comes as an object that behaves like text.
  if (value instanceof String) return value.valueOf();
  const record: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    // On a wire a member without a value is not there.
    if (member !== undefined) record[key] = copied(member, keepsShared);
  }
  return record;
}
