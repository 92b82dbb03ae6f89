import { formatQuantity } from "../../../core/base/format.ts";
import { openPanel } from "../../state/layout.ts";
import { libraryStore } from "../../state/library.ts";
import { selection } from "../../state/selection.ts";
import { session } from "../../state/session.ts";
import { stressSetsStore } from "../../state/stress-sets.ts";
import { undoStore } from "../../state/undo.ts";
import { openHelp } from "../../state/workspace.ts";
import { allDocumentNames } from "../help/documents.ts";
import { panels } from "../panel-registry.ts";
import { comboFor } from "./bindings.ts";
import { type Command, commands, layoutCommands } from "./commands.ts";
import { openRun } from "./open-run.ts";
import type { Entry, EntryGroup } from "./palette-search.ts";
import { parameterPointers } from "./parameter-pointers.ts";

/** Everything by name: actions, panels, portfolios, markets, runs, methods, instruments, parameters, scenarios, documents. */
export function paletteGroups(bindings: Readonly<Record<string, string>>): readonly EntryGroup[] {
  return [
    { title: "Actions", prefix: ">", entries: () => commands.filter(({ id }) => id !== "palette").map(commandEntry) },
    { title: "Panels", entries: panelEntries },
    { title: "Layouts", entries: () => layoutCommands().map(commandEntry) },
    { title: "Portfolios", entries: portfolioEntries },
    { title: "Markets", entries: () => stored("market", "markets", (entry) => session.getState().chooseMarket(entry)) },
    { title: "Runs", entries: () => stored("run", "runs", ({ id }) => void openRun(id)) },
    { title: "Methods", entries: methodEntries },
    { title: "Instruments", prefix: "@", entries: instrumentEntries },
    { title: "Parameters", prefix: "#", entries: parameterEntries },
    { title: "Scenario sets", entries: scenarioSetEntries },
    {
      title: "Histories",
      entries: () => stored("history", "histories", (entry) => session.getState().chooseHistory(entry)),
    },
    { title: "Documents", prefix: "?", entries: documentEntries },
  ];

  function commandEntry(command: Command): Entry {
    const keys = comboFor(command, bindings);
    return {
      id: `command ${command.id}`,
      label: titleOf(command),
      keywords: `${command.group} ${command.id}`,
      ...(keys !== undefined && { keys }),
      run: command.run,
    };
  }
}

/** Undo and redo say what they will change. */
function titleOf({ id, title }: Command): string {
  const { done, undone } = undoStore.getState();
  const edit = id === "undo" ? done.at(-1) : id === "redo" ? undone.at(-1) : undefined;
  return edit ? `${title}: ${edit.label}` : title;
}

function panelEntries(): readonly Entry[] {
  return [...panels.values()].map(({ id, title, description }) => ({
    ...{ id: `panel ${id}`, label: `Open ${title}`, description },
    run: () => openPanel(id),
  }));
}

type Shelf = "portfolios" | "markets" | "runs" | "histories";

function stored(noun: string, shelf: Shelf, open: (entry: { id: string; name: string }) => void): readonly Entry[] {
  return libraryStore.getState()[shelf].map(({ id, name, note }) => ({
    ...{ id: `${noun} ${id}`, label: name, description: note, keywords: noun },
    run: () => open({ id, name }),
  }));
}

function portfolioEntries(): readonly Entry[] {
  return [
    {
      id: "portfolio sample",
      label: "Sample portfolio and market",
      description: "Synthetic, ships with the program",
      run: () => session.getState().choose({ portfolio: { sample: true }, market: { sample: true } }),
    },
    ...stored("portfolio", "portfolios", (entry) => session.getState().choosePortfolio(entry)),
  ];
}

function methodEntries(): readonly Entry[] {
  return libraryStore.getState().methodologies.map(({ id, title, accuracy }) => ({
    ...{ id: `methodology ${id}`, label: title, description: `${id} · at best ${accuracy}`, keywords: "methodology" },
    run: () => session.getState().selectMethodology(id),
  }));
}

/** Instruments of the book: choosing one selects it in the positions. */
export function instrumentEntries(): readonly Entry[] {
  const { positions = [] } = session.getState().result ?? {};
  return positions.map(({ id, symbol, quantity, quantityUnit }) => ({
    ...{ id: `position ${id}`, label: symbol, description: `${formatQuantity(quantity)} ${quantityUnit}` },
    run: () => {
      selection.getState().selectPositions([id]);
      openPanel("positions");
    },
  }));
}

/** Values of the rules: choosing one opens the parameters at its row. */
export function parameterEntries(): readonly Entry[] {
  const { result } = session.getState();
  return (result ? parameterPointers(result.rules.parameters) : []).map(({ pointer, value }) => ({
    ...{ id: `parameter ${pointer}`, label: pointer, description: value },
    run: () => {
      selection.getState().selectParameter(pointer);
      openPanel("parameters");
    },
  }));
}

function scenarioSetEntries(): readonly Entry[] {
  return stressSetsStore.getState().sets.map(({ id, name, scenarios, tags, place }) => ({
    id: `scenario set ${id}`,
    label: name,
    description: `${scenarios} scenarios · ${place}`,
    keywords: `stress ${tags.join(" ")}`,
    run: () => {
      openPanel("scenarios");
      void stressSetsStore.getState().open(id);
    },
  }));
}

function documentEntries(): readonly Entry[] {
  return allDocumentNames().map(({ id, label }) => ({
    ...{ id: `document ${id}`, label, description: `Document ${id}`, keywords: "help" },
    run: () => openHelp(id),
  }));
}
