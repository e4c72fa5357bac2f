import { distance } from 'fastest-levenshtein';

/**
 * The candidate that a mistyped word most likely meant, or undefined where none is near: two letters may differ (two
 * that have changed places are two) or a third of a long word, because a far-fetched guess helps less than the list of
 * what is accepted.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  const furthest = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  let bestDistance = furthest + 1;
  for (const candidate of candidates) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far < bestDistance) [best, bestDistance] = [candidate, far];
  }
  return best;
}
