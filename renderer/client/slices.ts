/** Longest work in one go; input and frames come between. */
const sliceMs = 8;

/** Does something with each item in turn, with pauses in which the page can react. */
export async function inSlices<T>(items: readonly T[], each: (item: T) => void): Promise<void> {
  let begun = performance.now();
  for (const item of items) {
    if (performance.now() - begun > sliceMs) {
      await pause();
      begun = performance.now();
    }
    each(item);
  }
}

/** Lets everything run that waits. A message, because timers stand still in a window that is not seen. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
