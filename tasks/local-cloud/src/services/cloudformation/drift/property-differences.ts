import type { PropertyDifference } from '@aws-sdk/client-cloudformation';
import { isRecord, scalarText } from '@roundtrip/template';

/**
 * Where a thing differs from what its template says. Only what the template sets is compared: defaults of the service
 * and properties that nobody wrote down are no drift.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export function propertyDifferences(expected: unknown, actual: unknown, path = ''): PropertyDifference[] {
  if (actual === undefined) return [difference(path, expected, null, 'REMOVE')];
  if (isRecord(expected) && isRecord(actual)) {
    return Object.keys(expected).flatMap((name) =>
      propertyDifferences(expected[name], Object.hasOwn(actual, name) ? actual[name] : undefined, `${path}/${name}`),
    );
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return listDifferences(expected, actual, path);
  return textOf(expected) === textOf(actual) ? [] : [difference(path, expected, actual, 'NOT_EQUAL')];
}

/** Items have no order of their own: an item that is found on the other side matches, wherever it stands. */
function listDifferences(expected: readonly unknown[], actual: readonly unknown[], path: string): PropertyDifference[] {
  const unmatched = new Set(actual.keys());
  const missing = [...expected.keys()].filter((at) => {
    const found = [...unmatched].find((other) => isSame(expected[at], actual[other]));
    if (found !== undefined) unmatched.delete(found);
    return found === undefined;
  });
  const changed = missing.flatMap((at) => {
    const partner = [...unmatched].find((other) => isPartner(expected[at], actual[other], at === other));
    if (partner === undefined) return [difference(`${path}/${at}`, expected[at], null, 'REMOVE')];
    unmatched.delete(partner);
    return propertyDifferences(expected[at], actual[partner], `${path}/${at}`);
  });
  const added = [...unmatched].map((at) => difference(`${path}/${at}`, null, actual[at], 'ADD'));
  return [...changed, ...added];
}

function isSame(expected: unknown, actual: unknown): boolean {
  return propertyDifferences(expected, actual).length === 0;
}

/** A tag is the same tag by its key, anything else by its place in the list. */
function isPartner(expected: unknown, actual: unknown, isSamePlace: boolean): boolean {
  if (!isRecord(expected) || !isRecord(actual)) return isSamePlace;
  return expected['Key'] === undefined ? isSamePlace : expected['Key'] === actual['Key'];
}

function difference(
  path: string,
  expected: unknown,
  actual: unknown,
  type: NonNullable<PropertyDifference['DifferenceType']>,
): PropertyDifference {
  return {
    PropertyPath: path,
    ExpectedValue: textOf(expected),
    ActualValue: textOf(actual),
    DifferenceType: type,
  };
}

/** `5` and `'5'` are the same value to CloudFormation. */
function textOf(value: unknown): string {
  return scalarText(value) ?? JSON.stringify(value ?? null);
}
