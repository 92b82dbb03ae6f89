import { useEffect, useMemo, useRef } from "react";
import type { Failure } from "../client/types.ts";
import { type PanelActions, registerPanel } from "./command/focused-panel.ts";
import { type CsvTable, saveCsv } from "./download.ts";
import { maskedForFile } from "./export/account-mask.ts";
import { saveImages } from "./export/figure-files.ts";
import type { PanelFigures } from "./export/panel-figures.ts";
import { type NamedTable, type PanelContent, saveJson, saveWorkbook } from "./export/panel-file.ts";
import { printPanel } from "./export/print.ts";
import type { Mark } from "./marks.tsx";

export interface PanelParts {
  readonly panel: string;
  /** Id of its instance. */
  readonly instance: string;
  readonly title: string;
  readonly csv: (() => CsvTable) | undefined;
  /** Further tables, for files that hold several. */
  readonly sheets: (() => readonly NamedTable[]) | undefined;
  readonly marks: readonly Mark[];
  readonly onFailure: (failure: Failure | undefined) => void;
}

/** Files and paper made of what a panel shows now; by its menu, and by keys while it has the focus. */
export function usePanelActions(parts: PanelParts, figures: PanelFigures): PanelActions {
  const latest = useRef(parts);
  latest.current = parts;
  const actions = useMemo<PanelActions>(() => {
    const content = (): PanelContent => contentOf(latest.current);
    const shown = () => [...figures].map(({ current }) => current);
    const told = (work: Promise<Failure | undefined>): void => {
      latest.current.onFailure(undefined);
      work.then(
        (failure) => failure && latest.current.onFailure(failure),
        (error: unknown) =>
          latest.current.onFailure({
            reason: "internal",
            message: `The file was not made: ${error instanceof Error ? error.message : String(error)}`,
          }),
      );
    };
    return {
      csv: () => {
        const { csv, panel, marks } = latest.current;
        if (csv) saveCsv(maskedForFile(csv()), panel, marks);
      },
      xlsx: () => told(saveWorkbook(content())),
      json: () => saveJson(content()),
      png: () => told(saveImages(shown(), latest.current)),
      print: () => told(printPanel(content(), shown())),
      title: () => latest.current.title,
      tables: () => content().tables,
      hasImage: () => figures.size > 0,
    };
  }, [figures]);
  useEffect(() => registerPanel(parts.instance, actions), [parts.instance, actions]);
  return actions;
}

function contentOf({ panel, title, csv, sheets, marks }: PanelParts): PanelContent {
  const tables = [...(csv ? [{ ...csv(), name: title }] : []), ...(sheets?.() ?? [])];
  return { panel, title, tables: maskedForFile(tables), marks };
}
