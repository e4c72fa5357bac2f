import type { Dice } from './dice.ts';

/** What parsers stumble over, each in the place of something harmless. */
const BITS: readonly string[] = [
  ...['', ' ', '\n', '\t', '\0', '"', "'", '`', '\\', '/', '//', '%', '%zz', '%00', '&', '=', '+', '#', '?', '*', '~'],
  ...['{', '}', '[', ']', '{}', '[]', '<', '>', '</', '<!--', ']]>', '&lt;', '&#0;', '&x;', ':', '-', '--', '...', '|'],
  ...['null', 'true', 'NaN', '-1', '1e999', '99999999999999999999', '0x10', '2026-02-30T25:61:61Z', 'undefined'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'length',
    '${',
    '${}',
    '${a.b}',
    '!Ref ',
    '!Sub ',
    '&a ',
    '*a',
  ],
  ...['Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::If', 'Fn::Transform', 'AWS::NoValue', '{{resolve:ssm:', '{{resolve:x:y}}'],
  ...['\ud800', '\u202e', '🚀', 'é', 'a'.repeat(3000), '('.repeat(200), '['.repeat(200), '.member.1', '.1.2.3.4.5'],
];

/** One change somewhere in a text: a piece is lost, doubled, moved or replaced. */
export function mutateText(text: string, dice: Dice): string {
  const from = dice.below(text.length + 1);
  const to = Math.min(text.length, from + dice.below(1 + dice.oneOf([1, 4, 30, 300])));
  const [before, piece, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  switch (dice.below(5)) {
    case 0:
      return before + after;
    case 1:
      return before + piece + piece + after;
    case 2:
      return before;
    case 3:
      return after + before + piece;
    default:
      return before + dice.oneOf(BITS) + after;
  }
}

/** A text that nobody expects. */
export function oddText(dice: Dice): string {
  return dice.oneOf(BITS);
}
