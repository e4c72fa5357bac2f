import type { World } from '../world.ts';

const GROUPS = {
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  digits: '0123456789',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
} as const;

const LENGTH = 32;

/** Named alike in templates and in the API; templates may give truth and numbers as text. */
export interface PasswordRule {
  readonly PasswordLength?: unknown;
  readonly ExcludeCharacters?: unknown;
  readonly ExcludeNumbers?: unknown;
  readonly ExcludePunctuation?: unknown;
  readonly ExcludeUppercase?: unknown;
  readonly ExcludeLowercase?: unknown;
  readonly IncludeSpace?: unknown;
  /** On unless it is said otherwise. */
  readonly RequireEachIncludedType?: unknown;
}

/** Empty where the rule leaves no letter to choose from. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export function randomPassword(world: World, rule: PasswordRule): string {
  const excluded = String(rule.ExcludeCharacters ?? '');
  const groups = [
    isTrue(rule.ExcludeUppercase) ? '' : GROUPS.upper,
    isTrue(rule.ExcludeLowercase) ? '' : GROUPS.lower,
    isTrue(rule.ExcludeNumbers) ? '' : GROUPS.digits,
    isTrue(rule.ExcludePunctuation) ? '' : GROUPS.punctuation,
    isTrue(rule.IncludeSpace) ? ' ' : '',
  ]
    .map((letters) => [...letters].filter((letter) => !excluded.includes(letter)))
    .filter((letters) => letters.length > 0);
  const all = groups.flat();
  if (all.length === 0) return '';
  const letters = Array.from({ length: Number(rule.PasswordLength ?? LENGTH) }, () => oneOf(world, all));
  if (isTrue(rule.RequireEachIncludedType ?? true)) takeOneOfEach(world, letters, groups);
  return letters.join('');
}

/** Every group gets a place of its own, from a place drawn by chance on. */
function takeOneOfEach(world: World, letters: string[], groups: readonly (readonly string[])[]): void {
  const first = Math.floor(world.random() * letters.length);
  const step = Math.max(1, Math.floor(letters.length / groups.length));
  groups.forEach((group, index) => {
    if (index >= letters.length) return;
    letters[(first + index * step) % letters.length] = oneOf(world, group);
  });
}

function oneOf(world: World, letters: readonly string[]): string {
  return letters[Math.floor(world.random() * letters.length)] ?? '';
}

function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}
