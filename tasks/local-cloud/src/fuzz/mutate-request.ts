import type { WireRequest } from '../wire/http.ts';
import type { Dice } from './dice.ts';
import { mutateText, oddText } from './mutate-text.ts';
import { mutateValue } from './mutate-value.ts';

/** A well-formed request with one to three changes, in whatever protocol it is. */
export function mutateRequest(request: WireRequest, dice: Dice): WireRequest {
  let mutant = request;
  for (let changes = 1 + dice.below(3); changes > 0; changes--) mutant = mutateOnce(mutant, dice);
  return mutant;
}

function mutateOnce(request: WireRequest, dice: Dice): WireRequest {
  switch (dice.below(9)) {
    case 0:
      return { ...request, path: mutateText(request.path, dice) };
    case 1:
      return { ...request, query: mutateText(request.query, dice) };
    case 2:
      return { ...request, method: dice.oneOf(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', '']) };
    case 3:
      return { ...request, headers: mutateHeaders(request.headers, dice) };
    case 4:
      return { ...request, body: mutateBytes(request.body, dice) };
    case 5:
      return { ...request, body: Buffer.from(mutateText(textOf(request), dice)) };
    default:
      return { ...request, body: mutateStructure(request, dice) };
  }
}

function textOf({ body }: WireRequest): string {
  return Buffer.from(body).toString('utf8');
}

const HEADERS = [
  ...['content-type', 'x-amz-target', 'authorization', 'host', 'range', 'if-match', 'if-none-match', 'x-amz-tagging'],
  ...['x-amz-content-sha256', 'x-amz-copy-source', 'content-length', 'content-encoding', 'x-amz-date', 'content-md5'],
];

function mutateHeaders(headers: WireRequest['headers'], dice: Dice): Record<string, string> {
  const name = dice.oneOf([...Object.keys(headers), ...HEADERS]);
  const { [name]: value, ...rest } = headers;
  if (dice.below(3) === 0) return rest;
  return { ...rest, [name]: value === undefined || dice.below(4) === 0 ? oddText(dice) : mutateText(value, dice) };
}

function mutateBytes(body: Uint8Array, dice: Dice): Uint8Array {
  const bytes = Uint8Array.from(body.length === 0 ? [dice.below(256)] : body);
  bytes[dice.below(bytes.length)] = dice.below(256);
  return bytes;
}

/** The body as what it is: JSON, a form or, left to `mutateText`, XML. */
function mutateStructure(request: WireRequest, dice: Dice): Buffer {
  const text = textOf(request);
  if (/^[{[]/.test(text)) return Buffer.from(JSON.stringify(mutateValue(parsed(text), dice)) ?? '');
  if (!/^\w+=/.test(text)) return Buffer.from(mutateText(text, dice));
  const pairs = [...new URLSearchParams(text)];
  const mutated = pairs.flatMap((pair, at) => (at === 0 ? [pair] : mutatePair(pair, pairs.length, dice)));
  return Buffer.from(new URLSearchParams(mutated).toString());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function mutatePair([name, value]: [string, string], count: number, dice: Dice): [string, string][] {
  if (dice.below(count) > 1) return [[name, value]];
  switch (dice.below(5)) {
    case 0:
      return [];
    case 1:
      return [[mutateText(name, dice), value]];
    case 2:
      return [[`${name}.member.1`, value]];
    case 3:
      return [[name, oddText(dice)]];
    default:
      return [[name, mutateText(value, dice)]];
  }
}
