import { useEffect } from "react";
import { layoutStore } from "../../state/layout.ts";
import { activeDocument, followWindows } from "../layout/windows.ts";
import { commandByCombo, useShortcutBindings } from "./bindings.ts";
import { cancelJobsOfFocusedPanel } from "./focused-panel.ts";
import { comboOf, isTyping } from "./keys.ts";

/** In a text field these belong to the text. */
const textKeys: ReadonlySet<string> = new Set(["Mod+Z", "Mod+Shift+Z", "Mod+A", "Mod+C", "Mod+V", "Mod+X"]);

/** Listens for the combinations of all commands; Esc cancels the job of the focused panel, then leaves full size. */
export function useShortcuts(): void {
  const bindings = useShortcutBindings();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const combo = comboOf(event);
      if (combo === "Escape") {
        if (isTyping(event.target) || activeDocument().querySelector("[role=dialog]")) return;
        if (!cancelJobsOfFocusedPanel()) layoutStore.getState().restoreSize();
        return;
      }
      if (isTyping(event.target) && textKeys.has(combo)) return;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (plain && (isTyping(event.target) || activeDocument().querySelector("[role=dialog]"))) return;
      const command = commandByCombo(bindings, combo);
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    return followWindows((opened) => {
      opened.addEventListener("keydown", onKeyDown);
      return () => opened.removeEventListener("keydown", onKeyDown);
    });
  }, [bindings]);
}
