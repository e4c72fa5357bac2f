import type { Problem } from '@roundtrip/problem';
import { nearest } from './nearest.ts';
import { REGIONS } from './regions.ts';
import { echo, list } from './words.ts';
import type { YamlSource } from './yaml-source.ts';

/** A region has to be one that the installed AWS SDK knows: a mistyped one would fail as an unknown host, much later. */
export function checkRegion(source: YamlSource, value: unknown): Problem[] {
  if (value === undefined) {
    const next = 'add "region: eu-west-1", or the one that is meant';
    return [{ code: 'missing-key', place: source.placeOfKey([]), what: 'region is missing', next }];
  }
  const place = source.placeOf(['region']);
  const accepted = `the regions are ${list(REGIONS)}`;
  if (value === null || value === '')
    return [{ code: 'unknown-region', place, what: 'region is empty', next: accepted }];
  if ((REGIONS as readonly unknown[]).includes(value)) return [];
  const near = nearest(String(value), REGIONS);
  const what = `region is ${echo(value)}, which AWS does not have`;
  return [{ code: 'unknown-region', place, what, next: near ? `did you mean ${near}?` : accepted }];
}
