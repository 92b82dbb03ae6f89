import type { IDockviewPanelHeaderProps } from "dockview-react";
import { useEffect, useRef } from "react";
import styles from "./dock.module.css";

/**
 * The content of a tab. Double-click takes the whole window, and back; middle click, Delete and the cross close it.
 * The cross is for the mouse only: a tab must not hold a second control, so keys are taken on the tab itself.
 */
export function DockTab({ api }: IDockviewPanelHeaderProps) {
  const content = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const tab = content.current?.closest<HTMLElement>("[role=tab]");
    if (!tab) return;
    const isCross = ({ target }: Event): boolean => (target as Element | null)?.closest("[data-cross]") != null;
    const onPointerDown = (event: PointerEvent): void => {
      if (isCross(event)) event.preventDefault();
    };
    const onClick = (event: MouseEvent): void => {
      if (isCross(event)) api.close();
    };
    const onAuxClick = ({ button }: MouseEvent): void => {
      if (button === 1) api.close();
    };
    const onDoubleClick = (event: MouseEvent): void => {
      if (isCross(event)) return;
      if (api.isMaximized()) api.exitMaximized();
      else api.maximize();
    };
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === "Delete") api.close();
    };
    tab.addEventListener("pointerdown", onPointerDown, true);
    tab.addEventListener("click", onClick);
    tab.addEventListener("auxclick", onAuxClick);
    tab.addEventListener("dblclick", onDoubleClick);
    tab.addEventListener("keydown", onKeyDown);
    return () => {
      tab.removeEventListener("pointerdown", onPointerDown, true);
      tab.removeEventListener("click", onClick);
      tab.removeEventListener("auxclick", onAuxClick);
      tab.removeEventListener("dblclick", onDoubleClick);
      tab.removeEventListener("keydown", onKeyDown);
    };
  }, [api]);
  return (
    <span ref={content} className={styles.tab}>
      <span>{api.title}</span>
      <span className={styles.cross} data-cross="" aria-hidden="true" title="Close (Delete)">
        ×
      </span>
    </span>
  );
}
