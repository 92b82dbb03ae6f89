import { formatNumber, formatQuantity } from "../../../core/base/format.ts";
import { openPanel } from "../../state/layout.ts";
import { libraryStore } from "../../state/library.ts";
import { session } from "../../state/session.ts";
import { openHelp } from "../../state/workspace.ts";
import type { Section } from "../help/documents.ts";
import { findInPanel, openPanelTables } from "./focused-panel.ts";
import { openRun } from "./open-run.ts";
import { instrumentEntries, parameterEntries } from "./palette-groups.ts";
import type { Entry, EntryGroup } from "./palette-search.ts";

/** Rows looked at in one panel: what is further down is found in the panel itself. */
const mostRows = 20_000;

/**
 * Everything that holds text: rows of the open panels, instruments, parameters, stored runs, sections of the documents. What is found opens
 * at its place.
 *
 * @param sections of the documents, as far as they are read
 */
export function findGroups(sections: readonly Section[]): readonly EntryGroup[] {
  return [
    { title: "Positions", prefix: "@", entries: once(instrumentEntries) },
    ...openPanelTables().map(({ panel, title, tables }) => ({
      title: `Panel ${title}`,
      entries: once(() => tables().flatMap(({ header, rows }) => rowEntries(panel, header, rows))),
    })),
    { title: "Parameters", prefix: "#", entries: once(parameterEntries) },
    { title: "Runs", entries: runEntries },
    { title: "Documents", prefix: "?", entries: once(() => ownFirst(sections).map(sectionEntry)) },
  ];
}

type Table = ReturnType<ReturnType<typeof openPanelTables>[number]["tables"]>[number];

/** Columns that say what a row is, and columns of figures that say nothing of it. */
const naming = /instrument|symbol|label|line|scenario|parameter|name|title|part|factor/i;
const passing = /level|time|\bid\b|place|rank/i;

function rowEntries(panel: string, header: Table["header"], rows: Table["rows"]): readonly Entry[] {
  const isText = (at: number): boolean => rows.some((row) => typeof row[at] === "string" && row[at] !== "");
  const names = header.map((_, at) => at).filter(isText);
  const named = names.find((at) => naming.test(header[at] ?? "") && !passing.test(header[at] ?? "")) ?? names[0];
  const figure = header.findIndex(
    (words, at) => !passing.test(words) && rows.some((row) => typeof row[at] === "number"),
  );
  return rows.slice(0, mostRows).flatMap((row, at) => {
    const texts = row.filter((cell): cell is string => typeof cell === "string" && cell !== "");
    const own = named === undefined ? undefined : row[named];
    const label = typeof own === "string" && own.trim() !== "" ? own.trim() : texts[0];
    if (label === undefined) return [];
    const found = row[figure];
    const amount = typeof found === "number" ? [`${header[figure]} ${figureText(found)}`] : [];
    const others = texts.filter((text) => text !== label).slice(0, 1);
    return {
      id: `row ${panel} ${at} ${label}`,
      label,
      description: [...others, ...amount].join(" · ").slice(0, 120),
      keywords: texts.join(" "),
      run: () => {
        openPanel(panel);
        // After the docking library has brought it to the front.
        requestAnimationFrame(() => findInPanel(panel, label));
      },
    };
  });
}

/** As panels show it: money-sized amounts in hundredths, small ones as they are. */
function figureText(value: number): string {
  return Math.abs(value) >= 100 && !Number.isInteger(value) ? formatNumber(value) : formatQuantity(value);
}

function runEntries(): readonly Entry[] {
  return libraryStore.getState().runs.map(({ id, name, note }) => ({
    ...{ id: `run ${id}`, label: name, description: note },
    run: () => void openRun(id),
  }));
}

/** The document of the method that is used comes before those of others. */
function ownFirst(sections: readonly Section[]): readonly Section[] {
  const own = `methodology/${session.getState().methodology}`;
  const foreign = ({ document: { id } }: Section): number => (id.startsWith("methodology/") && id !== own ? 1 : 0);
  return [...sections].sort((a, b) => foreign(a) - foreign(b));
}

function sectionEntry({ document, heading, anchor, text }: Section): Entry {
  return {
    id: `section ${document.id} ${anchor} ${heading}`,
    label: heading,
    description: document.label,
    keywords: text,
    run: () => openHelp(document.id, anchor),
  };
}

/** The groups live as long as the search is open: what they hold is made once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
