import { Button } from "@mantine/core";
import { useState } from "react";
import { bindingProblem, comboFor, setBinding, useShortcutBindings } from "../command/bindings.ts";
import { type Command, commands } from "../command/commands.ts";
import { comboOf, keyCaps } from "../command/keys.ts";
import styles from "./binding-list.module.css";

/** Every command with its keys; conflicts are told and not taken. */
export function BindingList() {
  const bindings = useShortcutBindings();
  const [asking, setAsking] = useState<string>();
  const [problem, setProblem] = useState<string>();

  const take = (command: Command, event: React.KeyboardEvent): void => {
    if (asking !== command.id) return;
    const combo = comboOf(event.nativeEvent);
    if (/(^|\+)(Control|Shift|Alt|Meta)$/.test(combo) || combo === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    setAsking(undefined);
    if (combo === "Escape") return;
    const found = bindingProblem(bindings, command, combo);
    setProblem(found);
    if (found === undefined) setBinding(command, combo);
  };

  return (
    <>
      {problem !== undefined && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <ul className={styles.list}>
        {commands.map((command) => {
          const combo = comboFor(command, bindings);
          const changed = bindings[command.id] !== undefined;
          return (
            <li key={command.id}>
              <span className={styles.title}>{command.title}</span>
              <Button
                size="compact-sm"
                variant={asking === command.id ? "filled" : "default"}
                aria-label={`Keys of ${command.title}: ${combo ?? "none"}. Press to change`}
                onClick={() => {
                  setProblem(undefined);
                  setAsking(command.id);
                }}
                onKeyDown={(event) => take(command, event)}
                onBlur={() => setAsking(undefined)}
              >
                {asking === command.id ? "Press keys…" : combo === undefined ? "none" : keyCaps(combo).join(" ")}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                disabled={!changed}
                onClick={() => setBinding(command, undefined)}
              >
                Default
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
