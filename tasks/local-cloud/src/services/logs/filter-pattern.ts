import { invalidParameter } from './group.ts';

/**
 * Terms of an unstructured filter pattern: all plain ones must occur, one of those with `?`, none of those with `-`;
 * quotes hold a phrase together.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws ServiceError for patterns in braces and brackets, which are not simulated
 */
export function matcherOf(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (/^[{[%]/.test(text)) {
    throw invalidParameter(
      `The local cloud does not simulate filter patterns for JSON, fields or expressions: ${text}`,
    );
  }
  const terms = [...text.matchAll(/([?-]?)(?:"([^"]*)"|(\S+))/g)].map(([, sign = '', phrase, word]) => ({
    sign,
    term: phrase ?? word ?? '',
  }));
  const of = (sign: string): string[] => terms.filter((each) => each.sign === sign).map(({ term }) => term);
  const [all, some, none] = [of(''), of('?'), of('-')];
  return (message) =>
    all.every((term) => message.includes(term)) &&
    (some.length === 0 || some.some((term) => message.includes(term))) &&
    !none.some((term) => message.includes(term));
}
