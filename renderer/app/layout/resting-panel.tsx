import type { DockviewPanelApi } from "dockview-react";
import { Activity, type ReactNode, useCallback, useSyncExternalStore } from "react";

/**
 * A panel behind another tab keeps what the user set in it, and otherwise rests: it draws nothing, follows no store, and counts
 * for nobody's watcher. The docking library only takes its elements out of the page.
 */
export function RestingPanel({ api, children }: { readonly api: DockviewPanelApi; readonly children: ReactNode }) {
  const subscribe = useCallback(
    (changed: () => void) => {
      const listening = api.onDidVisibilityChange(changed);
      return () => listening.dispose();
    },
    [api],
  );
  const isShown = useSyncExternalStore(subscribe, () => api.isVisible);
  return <Activity mode={isShown ? "visible" : "hidden"}>{children}</Activity>;
}
