import { useEffect, useRef } from "react";
import { usePanelInstance } from "../state/panel-instance.ts";
import { registerPrint } from "./command/focused-panel.ts";

/**
 * A panel that has a page of its own: its menu and the key print that one.
 *
 * @param kind  id of the panel
 * @param print absent: there is nothing to print of its own now
 */
export function useOwnPrint(kind: string, print: (() => void) | undefined): void {
  const panel = usePanelInstance(kind);
  const latest = useRef(print);
  latest.current = print;
  const isThere = print !== undefined;
  useEffect(() => (isThere ? registerPrint(panel, () => latest.current?.()) : undefined), [panel, isThere]);
}
