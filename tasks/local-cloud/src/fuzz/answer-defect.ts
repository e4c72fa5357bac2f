import type { WireResponse } from '../wire/http.ts';

/** What is wrong with an answer as such, whatever was asked; undefined where it is a well-formed success or error. */
export function answerDefect({ status, headers, body }: WireResponse): string | undefined {
  if (!Number.isInteger(status) || status < 200 || status > 599) return `the status is ${status}`;
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  if (text.includes('InternalFailure')) return `an InternalFailure: ${text}`;
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  // What somebody once put into a bucket is no answer of ours.
  const isOwn = status >= 300 || !('etag' in headers);
  if (!isOwn || text === '') return undefined;
  if (type.includes('json')) return isJson(text) ? undefined : `no JSON: ${text}`;
  if (type.includes('xml')) return isXml(text) ? undefined : `no XML: ${text}`;
  return status >= 400 ? `an error of type "${type}": ${text}` : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Tags that close in the order in which they opened, no stray character between them: enough for what we write. */
function isXml(text: string): boolean {
  const open: string[] = [];
  const rest = text.replace(/<\?xml[^>]*\?>/, '').replace(/<(\/?)([\w:.-]+)([^<>]*?)(\/?)>/g, tag);
  function tag(_whole: string, closing: string, name: string, _attributes: string, empty: string): string {
    if (closing === '' && empty === '') open.push(name);
    if (closing !== '' && open.pop() !== name) open.push('unclosed');
    return '';
  }
  return open.length === 0 && !/[<>]|&(?!\w+;|#\w+;)/.test(rest) && !hasControlCharacter(rest);
}

/** XML 1.0 has no form for them at all, escaped or not. */
function hasControlCharacter(text: string): boolean {
  return [...text].some((letter) => letter < ' ' && !'\t\n\r'.includes(letter));
}
