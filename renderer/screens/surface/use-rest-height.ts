import { type CSSProperties, type RefObject, useEffect, useRef } from "react";

/**
 * Least height of a part that must not shrink while its content is only coarse: the chart beside it would be laid out, and drawn,
 * for another place twice at each step of a slider.
 */
export function useRestHeight(part: RefObject<HTMLElement | null>, isCoarse: boolean): CSSProperties | undefined {
  const coarse = useRef(isCoarse);
  coarse.current = isCoarse;
  const atRest = useRef(0);
  useEffect(() => {
    if (!part.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && !coarse.current) atRest.current = entry.borderBoxSize[0]?.blockSize ?? 0;
    });
    observer.observe(part.current);
    return () => observer.disconnect();
  }, [part]);
  return isCoarse ? { minHeight: atRest.current } : undefined;
}
