import { useEffect, useState } from "react";

/** Whether something has been so for a while: what comes and goes within it is not worth drawing. */
export function useLasting(isSo: boolean, whileMs: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isSo) return setLasts(false);
    const timer = setTimeout(() => setLasts(true), whileMs);
    return () => clearTimeout(timer);
  }, [isSo, whileMs]);
  return isSo && lasts;
}
