import { preferences, usePreferences } from "../../state/preferences.ts";
import { allCommands, type Command } from "./commands.ts";
import { reservedCombos } from "./keys.ts";

/** Command id -> combination chosen by the user; the empty text switches the key off. */
export type Bindings = Readonly<Record<string, string>>;

export const useShortcutBindings = (): Bindings => usePreferences((state) => state.bindings);

/** The combination that runs a command now. */
export function comboFor(command: Command, bindings: Bindings): string | undefined {
  const combo = bindings[command.id] ?? command.keys;
  return combo === "" ? undefined : combo;
}

export function commandByCombo(bindings: Bindings, combo: string): Command | undefined {
  return allCommands().find((command) => comboFor(command, bindings) === combo);
}

/** Runs a command by id, for the menu of the desktop window. */
export function runCommand(id: string): void {
  allCommands()
    .find((command) => command.id === id)
    ?.run();
}

/** Why a command cannot have a combination. */
export function bindingProblem(bindings: Bindings, command: Command, combo: string): string | undefined {
  if (reservedCombos.has(combo)) return `${combo} belongs to the window or the system.`;
  const other = allCommands().find(
    (candidate) => candidate.id !== command.id && comboFor(candidate, bindings) === combo,
  );
  return other && `${combo} already runs "${other.title}".`;
}

export function setBinding(command: Command, combo: string | undefined): void {
  const { [command.id]: _, ...others } = preferences.getState().bindings;
  preferences.getState().change({ bindings: combo === undefined ? others : { ...others, [command.id]: combo } });
}
