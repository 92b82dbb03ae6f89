import { useEffect, useState } from "react";

/** Answers that come sooner are not worth drawing a part twice. */
const afterMs = 200;

/** Whether a part is dimmed: it has been loading for a while. */
export function useDimmed(isLoading: boolean): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isLoading) return setLasts(false);
    const timer = setTimeout(() => setLasts(true), afterMs);
    return () => clearTimeout(timer);
  }, [isLoading]);
  return isLoading && lasts;
}
