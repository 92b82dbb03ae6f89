import { type RefObject, useEffect, useState } from "react";

/** Below this height the titles of axes are cut off or leave no room for the chart, pixels. */
const leastHeight = 300;

/** Whether a place is too low for a chart with everything around it. */
export function useLowPlace(place: RefObject<HTMLElement | null>, isThere: boolean = true): boolean {
  const [isLow, setLow] = useState(false);
  useEffect(() => {
    if (!isThere || !place.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setLow(entry.contentRect.height < leastHeight));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place, isThere]);
  return isLow;
}
