import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a mistyped word most likely meant, or undefined where none is near: at most a third of the
 * word may differ, because a far-fetched guess helps less than the list of what is accepted.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far < bestDistance) [best, bestDistance] = [candidate, far];
  }
  return best;
}
