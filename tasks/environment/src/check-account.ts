import type { Problem } from '@roundtrip/problem';
import { echo } from './words.ts';
import type { YamlSource } from './yaml-source.ts';

const WRITE_IT = "write the twelve digits of the account in quotes: account: '123456789012'";
const WHY_NEEDED = 'without an account nothing tells a run for staging from a run for production';

/**
 * An account is twelve digits in quotes. Left out or empty means refuse, never "any"; without quotes YAML reads a
 * number, and a number has no leading zeros.
 * Rule: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
 */
export function checkAccount(source: YamlSource, value: unknown): Problem[] {
  const at = ['account'];
  if (value === undefined) {
    return [
      {
        code: 'missing-account',
        place: source.placeOfKey([]),
        what: 'account is missing',
        why: WHY_NEEDED,
        next: WRITE_IT,
      },
    ];
  }
  const place = source.placeOf(at);
  if (value === null || value === '') {
    return [{ code: 'empty-account', place, what: 'account is empty', why: WHY_NEEDED, next: WRITE_IT }];
  }
  const written = typeof value === 'string' ? value : (source.writtenAs(at) ?? '');
  if (!/^\d{12}$/.test(written)) return [malformed(place, value, written)];
  if (typeof value === 'string') return [];
  return [
    {
      code: 'unquoted-account',
      place,
      what: `account is ${written} without quotes`,
      why: `YAML reads it as the number ${String(value)}; a number cannot begin with a zero`,
      next: `quote it: account: '${written}'`,
    },
  ];
}

function malformed(place: Problem['place'], value: unknown, written: string): Problem {
  const what = `account is ${typeof value === 'string' || written === '' ? echo(value) : written}, not twelve digits`;
  const digits = typeof value === 'string' ? value.replaceAll(/\D/g, '') : '';
  const next = digits.length === 12 ? `write the digits alone: account: '${digits}'` : WRITE_IT;
  return { code: 'malformed-account', ...(place && { place }), what, next };
}
