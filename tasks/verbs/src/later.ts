/** Lets something happen after so many milliseconds, unless what it gives is called; keeps no process alive. */
export function later(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, ms).unref();
  return () => clearTimeout(timer);
}
