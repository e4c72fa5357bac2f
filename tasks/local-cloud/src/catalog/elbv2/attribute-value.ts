/** An attribute out of a property that lists them by Key and Value. */
export function attributeValue(list: unknown, key: string): string | undefined {
  const all = (Array.isArray(list) ? list : []) as readonly { readonly Key?: unknown; readonly Value?: unknown }[];
  const found = all.find(({ Key }) => Key === key)?.Value;
  return found === undefined ? undefined : String(found);
}
