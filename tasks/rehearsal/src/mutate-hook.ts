/** Loaded before a mutated rehearsal: gives Node a broken file of the engine in place of the one on disk. */
import { register } from 'node:module';

const mutation = process.env['MUTATION'] ?? '';

/** Runs in a thread of its own, without what is imported here: the whole of it is in this text. */
const HOOK = `
let mutation;
export async function initialize(data) { mutation = data; }
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  if (!url.endsWith('/engine/dist/' + mutation.file)) return loaded;
  const source = String(loaded.source);
  if (source.split(mutation.find).length !== 2) throw new RangeError(mutation.file + ' does not hold once: ' + mutation.find);
  return { ...loaded, source: source.replace(mutation.find, () => mutation.replace) };
}`;

if (mutation !== '') {
  register(`data:text/javascript,${encodeURIComponent(HOOK)}`, import.meta.url, {
    data: JSON.parse(mutation) as object,
  });
}
