/** A name that tells of a secret, then whatever is set for it, in the ways in which programs print settings. */
const NAMED =
  /((?:pass(?:word|wd|phrase)?|secret|token|credential|authorization|cookie|session|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key)[\w-]*["']?\s*(?:[=:]|=>)\s*)(?:"[^"]*"|'[^']*'|(?:Bearer|Basic)\s+\S+|[^\s,;&}]+)/gi;
/** `postgres://user:password@host` */
const IN_ADDRESS = /(\b[a-z][\w+.-]*:\/\/[^\s:/@]*:)[^\s@]+(?=@)/gi;
/** A signed token, and keys as AWS makes them, wherever they stand. */
const SHAPES = [
  /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----.*$/g,
  /(?<![\w/+])[A-Za-z0-9/+]{40}(?![\w/+=])/g,
];

/**
 * A line of a program's log without what may be a secret: programs print settings and addresses when they fail, and a
 * failure is shown to people and kept. Cuts rather too much.
 */
export function withoutSecrets(line: string): string {
  let clean = line.replace(IN_ADDRESS, '$1****').replace(NAMED, '$1****');
  for (const shape of SHAPES) clean = clean.replace(shape, '****');
  return clean;
}
