/** A window that is not seen draws nothing: nobody waits longer than this, ms. */
const longestMs = 250;

/**
 * Resolves when what was put on the page before is on the screen: the second frame begins after the first was drawn. Work that
 * nobody needs before leaves the processor to the drawing.
 */
export function drawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, longestMs);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}

/** Does something once the next frame was drawn; the answer takes it back. */
export function afterFrame(work: () => void): () => void {
  let timer = setTimeout(work, longestMs);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(work);
  });
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}
