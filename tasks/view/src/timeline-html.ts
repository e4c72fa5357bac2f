import type { JournalEvent } from '@roundtrip/engine';

/**
 * The timeline of a run as one HTML file: a bar for each stack, by layer, its states in colours, the critical path
 * outlined, failures marked. No script, no font, no request to anywhere.
 *
 * @param events a journal, whole or as far as it is written
 */
export async function timelineHtml(events: Iterable<JournalEvent>): Promise<string> {
  // Loaded here because d3-scale takes 20 ms, which verbs that draw nothing should not pay.
  const { timelinePage } = await import('./timeline-page.ts');
  return timelinePage(events);
}
