import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateFacts } from './template-facts.ts';

/** Facts of templates that have been read and found good before, by their whole text. */
export interface TemplateMemory {
  recall(text: string): TemplateFacts | undefined;
  remember(text: string, facts: TemplateFacts): void;
}

/** More than any project has templates; what is beyond is left over from edits. */
const FILES_MAX = 500;

/**
 * A memory in a folder, one small file a template. Parsing a platform's templates takes longer than all else that
 * happens before the first call (0.3 s of 0.6 s), and from one run to the next hardly any of them changes.
 *
 * It is never more than a memory: a file that is missing, damaged or of another build of the parser is as good as none,
 * and a folder that cannot be written stays as it is.
 */
export function fileTemplateMemory(folder: string): TemplateMemory {
  const fileOf = (text: string) =>
    join(folder, `${createHash('sha256').update(parserBuild()).update(text).digest('hex')}.json`);
  return {
    recall(text) {
      try {
        const facts = JSON.parse(readFileSync(fileOf(text), 'utf8')) as TemplateFacts;
        return Array.isArray(facts.outputs) && typeof facts.parameters === 'object' ? facts : undefined;
      } catch {
        return undefined;
      }
    },
    remember(text, facts) {
      try {
        mkdirSync(folder, { recursive: true });
        forgetOld(folder);
        // Written beside and renamed, so that a run that is killed leaves no half of a file.
        const file = fileOf(text);
        writeFileSync(`${file}.${process.pid}`, JSON.stringify(facts));
        renameSync(`${file}.${process.pid}`, file);
      } catch {
        // A read-only checkout is slower, not broken.
      }
    },
  };
}

function forgetOld(folder: string): void {
  const names = readdirSync(folder);
  if (names.length < FILES_MAX) return;
  for (const name of names) rmSync(join(folder, name), { force: true });
}

/** What an older parser has found good, a newer one may refuse, so that its build is part of the key. */
function parserBuild(): string {
  try {
    return String(statSync(new URL('tsconfig.tsbuildinfo', import.meta.resolve('@roundtrip/template'))).mtimeMs);
  } catch {
    return '';
  }
}
