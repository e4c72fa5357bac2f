import type { Problem } from '@roundtrip/problem';

/** A lock file with addresses binds everybody to the registry or mirror of whoever wrote it last. */
export function lockFile(text: string): Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const address = /"resolved": "(https?:[^"]*|git[^"]*)"/.exec(line);
    if (!address) return [];
    return [
      {
        code: 'registry-in-lock',
        place: { file: 'package-lock.json', line: index + 1, column: (address.index ?? 0) + 1 },
        what: `a registry's address stands here: ${address[1]}`,
        why: 'whoever has another mirror could not install',
        next: 'see that .npmrc has omit-lockfile-registry-resolved=true, then type: npm install',
      },
    ];
  });
}
