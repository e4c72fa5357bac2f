const LETTERS: Readonly<Record<string, string>> = {
  'us-east-1': 'abcdef',
  'us-west-1': 'ac',
  'us-west-2': 'abcd',
  'ca-central-1': 'abd',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
};

/** The availability zones of a region as a new account sees them. */
export function zonesOf(region: string): readonly string[] {
  return [...(LETTERS[region] ?? 'abc')].map((letter) => `${region}${letter}`);
}
