/** What an ARN of Elastic Load Balancing has behind a word; its listeners and rules carry it on. */
export function arnTail(arn: string | undefined, word: string): string {
  const at = arn?.indexOf(word) ?? -1;
  return arn === undefined || at < 0 ? 'app/unknown/0' : arn.slice(at + word.length);
}
