import { hedgesStore } from "../../state/hedges.ts";
import { layoutStore, openPanel } from "../../state/layout.ts";
import { whatIfStore } from "../../state/what-if.ts";
import { openHelp, workspace } from "../../state/workspace.ts";
import type { Command } from "./commands.ts";

/** Questions about trades that are not made. */
export const whatIfCommands: readonly Command[] = [
  {
    id: "duplicate-what-if",
    title: "Duplicate the book into what-if",
    group: "Work",
    keys: "Mod+D",
    run: () => {
      whatIfStore.getState().startCopy();
      layoutStore.getState().select("What-if");
      openPanel("what-if");
    },
  },
  {
    id: "find-hedges",
    title: "Find hedges: trades ranked by margin relief",
    group: "Work",
    run: () => {
      openPanel("hedges");
      void hedgesStore.getState().compute();
    },
  },
  {
    id: "flip-what-if",
    title: "What-if: flip buys and sells",
    group: "Work",
    run: () => whatIfStore.getState().flip(),
  },
  {
    id: "combine-portfolios",
    title: "Combine portfolios…",
    group: "Work",
    run: () => workspace.getState().open("combine-portfolios"),
  },
  { id: "help-what-if", title: "How what-if is computed", group: "Program", run: () => openHelp("what-if") },
];

/** What Mod+Enter computes by the focused panel. */
export const whatIfJobs: Readonly<Record<string, () => void>> = {
  "what-if": () => void whatIfStore.getState().compute(),
  "what-if-result": () => void whatIfStore.getState().compute(),
  hedges: () => void hedgesStore.getState().compute(),
};
