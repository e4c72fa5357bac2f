import type { Dice } from './dice.ts';
import { oddText } from './mutate-text.ts';

/** One change somewhere in a JSON value: a part is lost, renamed, wrapped, or replaced by another one or by nonsense. */
export function mutateValue(value: unknown, dice: Dice): unknown {
  const places = placesIn(value);
  const target = dice.oneOf(places);
  return changed(value, target, [], (part) => newPart(part, value, dice));
}

type Path = readonly (string | number)[];
const GONE = Symbol('gone');

function newPart(part: unknown, whole: unknown, dice: Dice): unknown {
  switch (dice.below(8)) {
    case 0:
      return GONE;
    case 1:
      return [part];
    case 2:
      return {
        [dice.oneOf(['Ref', 'Fn::Sub', 'Fn::GetAtt', 'Fn::Join', 'Fn::Select', 'Fn::If', oddText(dice)])]: part,
      };
    case 3:
      return at(whole, dice.oneOf(placesIn(whole)));
    case 4:
      return typeof part === 'string' ? part + oddText(dice) : renamed(part, dice);
    case 5:
      return dice.oneOf<unknown>([null, true, 0, -1, 1.5, 1e21, '', [], {}, [[]], [null], { Ref: 'AWS::NoValue' }]);
    default:
      return oddText(dice);
  }
}

function renamed(part: unknown, dice: Dice): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return oddText(dice);
  const entries = Object.entries(part);
  const chosen = dice.below(entries.length + 1);
  return Object.fromEntries(entries.map(([key, item], index) => [index === chosen ? oddText(dice) : key, item]));
}

function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]));
  return [path, ...below];
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], value);
}

function changed(value: unknown, target: Path, path: Path, change: (part: unknown) => unknown): unknown {
  if (path.length === target.length) return change(value);
  const key = String(target[path.length]);
  if (Array.isArray(value)) {
    const items: unknown[] = value.map((item: unknown, index) =>
      String(index) === key ? changed(item, target, [...path, key], change) : item,
    );
    return items.filter((item) => item !== GONE);
  }
  const entries = Object.entries(value as object).map(([name, item]) =>
    name === key ? [name, changed(item, target, [...path, key], change)] : [name, item as unknown],
  );
  return Object.fromEntries(entries.filter(([, item]) => item !== GONE));
}
