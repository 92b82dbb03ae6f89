import { useEffect } from "react";
import { layoutStore } from "../../state/layout.ts";
import { commandByCombo, useShortcutBindings } from "./bindings.ts";
import { cancelJobsOfFocusedPanel } from "./focused-panel.ts";
import { comboOf, isTyping } from "./keys.ts";

/** Listens for the combinations of all commands; Esc cancels the job of the focused panel, then leaves full size. */
export function useShortcuts(): void {
  const bindings = useShortcutBindings();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const combo = comboOf(event);
      if (combo === "Escape") {
        if (isTyping(event.target) || document.querySelector("[role=dialog]")) return;
        if (!cancelJobsOfFocusedPanel()) layoutStore.getState().restoreSize();
        return;
      }
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (plain && (isTyping(event.target) || document.querySelector("[role=dialog]"))) return;
      const command = commandByCombo(bindings, combo);
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [bindings]);
}
