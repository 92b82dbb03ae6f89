import { backtestStore } from "../../state/backtest.ts";
import { coverageStore } from "../../state/coverage.ts";
import { jobsStore } from "../../state/jobs.ts";
import { layoutStore, openPanel } from "../../state/layout.ts";
import { nettingPanel } from "../../state/netting.ts";
import { preferences, type ThemeChoice } from "../../state/preferences.ts";
import { session } from "../../state/session.ts";
import { surfaceStore } from "../../state/surface.ts";
import { undoStore } from "../../state/undo.ts";
import { openHelp, workspace } from "../../state/workspace.ts";
import { explainFocused } from "../help/what-is-this.ts";
import { answerJobs } from "./answer-jobs.ts";
import { actOnFocusedPanel, findInPanel, focusedKind } from "./focused-panel.ts";
import { chooseLayoutFile, exportLayout } from "./layout-files.ts";
import { openFind, openSpotlight } from "./palette-store.ts";
import { stressCommands, stressJobs } from "./stress-commands.ts";
import { whatIfCommands, whatIfJobs } from "./what-if-commands.ts";

/** Something the user can do by key, palette or menu. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: "Work" | "View" | "Panels" | "Program";
  /** Default combination. */
  readonly keys?: string;
  readonly run: () => void;
}

const theme = (choice: ThemeChoice, title: string): Command => ({
  id: `theme.${choice}`,
  title: `Theme: ${title}`,
  group: "View",
  run: () => preferences.getState().change({ theme: choice }),
});

/** Panels that follow the surface. */
const ofSurface: ReadonlySet<string> = new Set(["surface", "surface-2", "slices"]);

export const commands: readonly Command[] = [
  { id: "palette", title: "Command palette", group: "Program", keys: "Mod+K", run: openSpotlight },
  {
    id: "recalculate",
    title: "Recalculate",
    group: "Work",
    keys: "Mod+Enter",
    run: () => {
      const ofPanel = stressJobs[focusedKind()] ?? whatIfJobs[focusedKind()] ?? answerJobs[focusedKind()];
      if (ofPanel) ofPanel();
      else if (ofSurface.has(focusedKind())) void surfaceStore.getState().recalculate();
      else if (focusedKind() === "backtest") void backtestStore.getState().run();
      else void session.getState().recalculate();
    },
  },
  {
    id: "recalculate-all",
    title: "Recalculate everything",
    group: "Work",
    keys: "Mod+Shift+Enter",
    run: () => void session.getState().recalculate(),
  },
  { id: "import", title: "Import files", group: "Work", keys: "Mod+O", run: () => workspace.getState().open("import") },
  { id: "save-run", title: "Save run", group: "Work", keys: "Mod+S", run: () => workspace.getState().open("save-run") },
  {
    id: "save-portfolio",
    title: "Save changed portfolio as…",
    group: "Work",
    run: () => workspace.getState().open("save-portfolio"),
  },
  {
    id: "save-overrides",
    title: "Save overrides as…",
    group: "Work",
    run: () => workspace.getState().open("save-overrides"),
  },
  { id: "undo", title: "Undo", group: "Work", keys: "Mod+Z", run: () => undoStore.getState().undo() },
  { id: "redo", title: "Redo", group: "Work", keys: "Mod+Shift+Z", run: () => undoStore.getState().redo() },
  {
    id: "clear-overrides",
    title: "Take back all overrides",
    group: "Work",
    run: () => session.getState().clearOverrides(),
  },
  {
    id: "clear-edits",
    title: "Take back all changed quantities",
    group: "Work",
    run: () => session.getState().clearEdits(),
  },
  {
    id: "export",
    title: "Export focused panel as CSV",
    group: "Work",
    keys: "Mod+E",
    run: () => actOnFocusedPanel("csv"),
  },
  {
    id: "export-excel",
    title: "Export focused panel as Excel",
    group: "Work",
    keys: "Mod+Shift+E",
    run: () => actOnFocusedPanel("xlsx"),
  },
  { id: "export-json", title: "Export focused panel as JSON", group: "Work", run: () => actOnFocusedPanel("json") },
  {
    id: "export-png",
    title: "Export charts of focused panel as PNG",
    group: "Work",
    run: () => actOnFocusedPanel("png"),
  },
  { id: "print", title: "Print focused panel", group: "Work", keys: "Mod+P", run: () => actOnFocusedPanel("print") },
  { id: "find", title: "Find in panel", group: "View", keys: "Mod+F", run: () => findInPanel() },
  { id: "find-everywhere", title: "Find everywhere", group: "View", keys: "Mod+Shift+F", run: openFind },
  {
    id: "pop-out",
    title: "Pop panel out to a window",
    group: "View",
    keys: "Mod+Shift+O",
    run: () => void layoutStore.getState().popOut(),
  },
  {
    id: "duplicate-panel",
    title: "Duplicate panel",
    group: "View",
    run: () => layoutStore.getState().duplicatePanel(),
  },
  {
    id: "maximise",
    title: "Maximise or restore panel",
    group: "View",
    keys: "Mod+M",
    run: () => layoutStore.getState().maximise(),
  },
  { id: "reset-layout", title: "Reset layout", group: "View", run: () => layoutStore.getState().reset() },
  { id: "save-layout", title: "Save layout as…", group: "View", run: () => workspace.getState().open("save-layout") },
  {
    id: "duplicate-layout",
    title: "Duplicate layout",
    group: "View",
    run: () => layoutStore.getState().duplicate(),
  },
  {
    id: "rename-layout",
    title: "Rename layout…",
    group: "View",
    run: () => workspace.getState().open("rename-layout"),
  },
  { id: "export-layout", title: "Export layout as JSON", group: "View", run: exportLayout },
  { id: "import-layout", title: "Import layout…", group: "View", run: chooseLayoutFile },
  {
    id: "next-region",
    title: "Next panel",
    group: "View",
    keys: "F6",
    run: () => layoutStore.getState().focusRegion(1),
  },
  {
    id: "previous-region",
    title: "Previous panel",
    group: "View",
    keys: "Shift+F6",
    run: () => layoutStore.getState().focusRegion(-1),
  },
  { id: "next-tab", title: "Next tab", group: "View", keys: "Mod+]", run: () => layoutStore.getState().stepTab(1) },
  {
    id: "previous-tab",
    title: "Previous tab",
    group: "View",
    keys: "Mod+[",
    run: () => layoutStore.getState().stepTab(-1),
  },
  ...(["left", "right", "above", "below"] as const).map(
    (edge): Command => ({
      id: `move-${edge}`,
      title: `Move panel to the edge: ${edge}`,
      group: "View",
      run: () => layoutStore.getState().moveActive(edge),
    }),
  ),
  { id: "close-panel", title: "Close panel", group: "View", run: () => layoutStore.getState().closeActive() },
  theme("light", "light"),
  theme("dark", "dark"),
  theme("contrast", "high contrast"),
  theme("system", "as the system"),
  { id: "jobs", title: "Show jobs", group: "Panels", keys: "Mod+J", run: () => openPanel("jobs") },
  {
    id: "run-backtest",
    title: "Run the back-test",
    group: "Work",
    run: () => {
      openPanel("backtest");
      void backtestStore.getState().run();
    },
  },
  {
    id: "backtest-example",
    title: "Back-test: load the synthetic example",
    group: "Work",
    run: () => {
      layoutStore.getState().select("Back-test");
      void backtestStore.getState().loadExample();
    },
  },
  {
    id: "netting-benefit",
    title: "Netting benefit of the book",
    group: "Work",
    run: () => {
      openPanel("netting-benefit");
      void nettingPanel().store.getState().compute();
    },
  },
  {
    id: "listed-sample",
    title: "Netting benefit: open the synthetic listed sample",
    group: "Work",
    run: () => {
      openPanel("netting-benefit");
      void nettingPanel().store.getState().openSample();
    },
  },
  {
    id: "coverage",
    title: "Methods that margin each position",
    group: "Work",
    run: () => {
      openPanel("coverage");
      void coverageStore.getState().compute();
    },
  },
  ...stressCommands,
  ...whatIfCommands,
  {
    id: "next-breach",
    title: "Back-test: next breach",
    group: "View",
    run: () => {
      openPanel("backtest-series");
      backtestStore.getState().nextBreach();
    },
  },
  { id: "cancel-jobs", title: "Cancel running jobs", group: "Work", run: cancelAll },
  {
    id: "settings",
    title: "Settings",
    group: "Program",
    keys: "Mod+,",
    run: () => workspace.getState().open("settings"),
  },
  {
    id: "shortcuts",
    title: "Keyboard shortcuts",
    group: "Program",
    keys: "?",
    run: () => workspace.getState().open("shortcuts"),
  },
  {
    id: "what-is-this",
    title: "What is this? Explain what has the focus",
    group: "Program",
    keys: "I",
    run: explainFocused,
  },
  {
    id: "help-mode",
    title: "What is this? Click to explain",
    group: "Program",
    keys: "Shift+F1",
    run: () => workspace.setState({ helpMode: true }),
  },
  { id: "glossary", title: "Glossary and conventions", group: "Program", keys: "F1", run: () => openHelp("glossary") },
  { id: "help-workstation", title: "Panels, keys, files", group: "Program", run: () => openHelp("workstation") },
  { id: "formats", title: "Files that are read", group: "Program", run: () => openHelp("formats") },
  { id: "engine", title: "The revaluation engine", group: "Program", run: () => openHelp("engine") },
  { id: "help-backtest", title: "How back-tests are made", group: "Program", run: () => openHelp("backtest") },
  { id: "help-validation", title: "How margins are validated", group: "Program", run: () => openHelp("validation") },
  { id: "help-history", title: "Histories of risk factors", group: "Program", run: () => openHelp("history") },
  {
    id: "help-netting",
    title: "How the netting benefit is made",
    group: "Program",
    run: () => openHelp("netting-benefit"),
  },
];

/** Layouts by number; their names are known only at run time. */
export function layoutCommands(): readonly Command[] {
  return layoutStore.getState().names.map((name, index) => ({
    id: `layout.${name}`,
    title: `Layout: ${name}`,
    group: "View" as const,
    ...(index < 9 && { keys: `Mod+${index + 1}` }),
    run: () => layoutStore.getState().select(name),
  }));
}

/** Tabs of the active group by number. */
export const tabCommands: readonly Command[] = Array.from({ length: 9 }, (_, place) => ({
  id: `tab.${place + 1}`,
  title: `Tab ${place + 1} of the panel group`,
  group: "View" as const,
  keys: `Alt+${place + 1}`,
  run: () => layoutStore.getState().showTab(place),
}));

/** Every command there is. */
export function allCommands(): readonly Command[] {
  return [...commands, ...layoutCommands(), ...tabCommands];
}

function cancelAll(): void {
  const { jobs, cancel } = jobsStore.getState();
  for (const job of jobs) if (job.state === "running") cancel(job.id);
}
