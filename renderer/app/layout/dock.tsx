import { DockviewReact, type DockviewReadyEvent, type IDockviewPanelProps } from "dockview-react";
import { Suspense } from "react";
import { layoutStore } from "../../state/layout.ts";
import { PanelIdContext } from "../../state/links.ts";
import { instanceTitle, panelKind } from "../../state/panel-instance.ts";
import { PanelBoundary } from "../panel-boundary.tsx";
import { panels } from "../panel-registry.ts";
import styles from "./dock.module.css";
import { DockTab } from "./dock-tab.tsx";
import { PanelWindow } from "./panel-window.tsx";
import { nonceOf, popoutUrl } from "./popout-window.ts";
import { RestingPanel } from "./resting-panel.tsx";

/** The docking area: tabs, splits, drag and drop, all of it by keyboard too. */
export function Dock() {
  return (
    <DockviewReact
      className={styles.dock ?? ""}
      theme={theme}
      components={components}
      defaultTabComponent={DockTab}
      disableFloatingGroups
      popoutUrl={popoutUrl}
      nonce={nonceOf}
      onReady={onReady}
    />
  );
}

const theme = {
  name: "marginscope",
  className: "dockview-theme-marginscope",
  gap: 6,
  dndTabIndicator: "line",
} as const;
const components = { panel: DockedPanel };

function onReady({ api }: DockviewReadyEvent): void {
  void layoutStore.getState().attach(api, panels);
}

function DockedPanel({ api }: IDockviewPanelProps) {
  const panel = panels.get(panelKind(api.id));
  if (!panel) return null;
  const Screen = panel.component;
  return (
    <PanelIdContext value={api.id}>
      <PanelWindow api={api}>
        <PanelBoundary panel={api.id} title={instanceTitle(panel.title, api.id)}>
          <Suspense fallback={<div className={styles.opening}>Opening {panel.title}…</div>}>
            {panel.rests ? (
              <RestingPanel api={api}>
                <Screen />
              </RestingPanel>
            ) : (
              <Screen />
            )}
          </Suspense>
        </PanelBoundary>
      </PanelWindow>
    </PanelIdContext>
  );
}
