import { Modal } from "@mantine/core";
import { useWorkspace, workspace } from "../../state/workspace.ts";
import { comboFor, useShortcutBindings } from "../command/bindings.ts";
import { commands, layoutCommands } from "../command/commands.ts";
import { keyCaps } from "../command/keys.ts";
import styles from "./shortcuts-dialog.module.css";

/** Keys that belong to a kind of panel, not to a command. */
const fixed: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: "Anywhere",
    keys: [
      ["Esc", "Cancel edit, then the running job of the panel, then full size"],
      ["Alt 1…9", "Tab of the panel group"],
      ["double-click a tab", "Full size and back"],
    ],
  },
  {
    title: "Grids",
    keys: [
      ["arrows, Home, End", "Move; with Mod to the corners"],
      ["Enter or F2", "Edit, or open the row"],
      ["Tab", "Keep the edit and move on"],
      ["Space", "Select the row"],
      ["Mod C", "Copy the cell or the selected rows, full precision"],
      ["Mod A", "Select all"],
    ],
  },
  {
    title: "Risk matrix",
    keys: [
      ["arrows", "Move the cell"],
      ["Enter", "Positions in that scenario"],
      ["b", "Jump to the binding cell"],
      ["v", "Switch what cells show"],
    ],
  },
  {
    title: "Surface",
    keys: [
      ["arrows", "Rotate by 5 degrees"],
      ["+ −", "Zoom"],
      ["0", "Reset the view"],
      ["t, f, s", "Top, front, side"],
      ["Enter", "Table of the same data"],
    ],
  },
];

export function ShortcutsDialog() {
  const opened = useWorkspace((s) => s.overlay === "shortcuts");
  const bindings = useShortcutBindings();
  const bound = [...commands, ...layoutCommands()].filter((command) => comboFor(command, bindings) !== undefined);
  return (
    <Modal
      opened={opened}
      onClose={() => workspace.getState().open(undefined)}
      title="Keyboard shortcuts"
      size="min(1000px, 94vw)"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <div className={styles.columns}>
        <section>
          <h3>Commands</h3>
          <dl className={styles.list}>
            {bound.map((command) => (
              <Entry
                key={command.id}
                keys={keyCaps(comboFor(command, bindings) ?? "").join(" ")}
                title={command.title}
              />
            ))}
          </dl>
        </section>
        {fixed.map((section) => (
          <section key={section.title}>
            <h3>{section.title}</h3>
            <dl className={styles.list}>
              {section.keys.map(([keys, title]) => (
                <Entry key={keys} keys={withModifier(keys)} title={withModifier(title)} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** With the name of the modifier on this machine. */
function withModifier(words: string): string {
  return words.replace(/\bMod\b/, keyCaps("Mod")[0] ?? "Ctrl");
}

function Entry({ keys, title }: { readonly keys: string; readonly title: string }) {
  return (
    <div className={styles.entry}>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{title}</dd>
    </div>
  );
}
