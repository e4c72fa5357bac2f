/** How a loop is written: `Fn::ForEach::<its name>`. */
export const LOOP_PREFIX = 'Fn::ForEach::';

/** The item of each loop that stands around, by the loop's identifier. */
export type LoopItems = Readonly<Record<string, string>>;

/** `${Id}` and `&{Id}` in the key of a loop's fragment; `&` leaves out what is not alphanumeric. */
export function loopKey(key: string, items: LoopItems): string {
  return key.replace(/([$&])\{([^!}][^}]*)\}/g, (whole, sign: string, name: string) => {
    if (!Object.hasOwn(items, name)) return whole;
    const item = items[name] ?? '';
    return sign === '&' ? item.replace(/[^0-9A-Za-z]/g, '') : item;
  });
}

/** `${Id}` in the text of a `Fn::Sub`; a variable inside of a variable is none. */
export function loopText(text: string, items: LoopItems): string {
  return text.replace(/\$\{([^}]*)\}/g, (whole, name: string) =>
    Object.hasOwn(items, name) ? (items[name] ?? '').replaceAll('${', '${!') : whole,
  );
}
