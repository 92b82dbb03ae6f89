import { useEffect } from "react";
import { useWorkspace, workspace } from "../../state/workspace.ts";
import { followWindows } from "../layout/windows.ts";
import styles from "./help-mode.module.css";
import { explain } from "./what-is-this.ts";

/** While it is on, a click explains what is clicked and does nothing else; Esc or the click ends it. */
export function HelpMode() {
  const on = useWorkspace((s) => s.helpMode);
  useEffect(() => {
    if (!on) return;
    const end = (): void => workspace.setState({ helpMode: false });
    return followWindows((opened) => {
      const controller = new AbortController();
      const listening = { capture: true, signal: controller.signal };
      const { documentElement } = opened.document;
      documentElement.dataset.helpMode = "on";
      const hold = (event: Event): void => {
        event.preventDefault();
        event.stopPropagation();
      };
      for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "dblclick"]) {
        opened.addEventListener(type, hold, listening);
      }
      opened.addEventListener(
        "click",
        (event) => {
          hold(event);
          end();
          explain(event.target as Element | null);
        },
        listening,
      );
      opened.addEventListener(
        "keydown",
        (event) => {
          if (event.key !== "Escape") return;
          hold(event);
          end();
        },
        listening,
      );
      return () => {
        controller.abort();
        delete documentElement.dataset.helpMode;
      };
    });
  }, [on]);
  if (!on) return null;
  return (
    <output className={styles.banner}>
      Click a number, a line or a control to read what it is. <kbd>Esc</kbd> ends.
    </output>
  );
}
