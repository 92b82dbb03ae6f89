import { type RefObject, useLayoutEffect } from "react";

/** Heights at which panels leave something out, pixels. */
const heights = [230, 240, 300, 340, 360, 420] as const;

/**
 * Marks a part with the heights that it does not exceed: `data-low="360 420"`, which styles ask for as `[data-low~="360"]`.
 * A container queried for its height would do without, but is painted whole whenever a word in it changes.
 */
export function useLowMarks(part: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = part.current;
    if (!element) return;
    const mark = (height: number): void => {
      const low = heights.filter((most) => height <= most).join(" ");
      if (element.dataset.low !== low) element.dataset.low = low;
    };
    mark(element.clientHeight);
    const observer = new ResizeObserver(([entry]) => entry && mark(entry.contentRect.height));
    observer.observe(element);
    return () => observer.disconnect();
  }, [part]);
}
