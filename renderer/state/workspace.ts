import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

/** What lies over the panels: dialogs and drawers, one at a time. */
export type Overlay =
  | "import"
  | "settings"
  | "shortcuts"
  | "save-run"
  | "save-layout"
  | "rename-layout"
  | "save-portfolio"
  | "save-overrides"
  | "combine-portfolios"
  | undefined;

interface WorkspaceState {
  readonly overlay: Overlay;
  /** Files that were dropped or chosen, for the import wizard. */
  readonly files: readonly File[];
  /** Document and heading that the help drawer shows; absent when it is closed. */
  readonly help: { readonly document: string; readonly section?: string } | undefined;
  /** Clicks explain instead of acting. */
  readonly helpMode: boolean;
  readonly open: (overlay: Overlay) => void;
  readonly importFiles: (files: readonly File[]) => void;
}

export const workspace = createStore<WorkspaceState>()((set) => ({
  overlay: undefined,
  files: [],
  help: undefined,
  helpMode: false,
  open: (overlay) => set({ overlay, ...(overlay === "import" && { files: [] }) }),
  importFiles: (files) => set({ overlay: "import", files }),
}));

export const useWorkspace = <T>(select: (state: WorkspaceState) => T): T => useStore(workspace, select);

/** Opens the help drawer at `document#section`, as `data-help` names it. */
export function openHelpAt(reference: string): void {
  const [document = "", section] = reference.split("#");
  openHelp(document, section);
}

/** Opens the help drawer, e.g. `openHelp("methodology/deribit-portfolio", "5.8")`; without a document it closes. */
export function openHelp(document: string | undefined, section?: string): void {
  workspace.setState({
    help: document === undefined ? undefined : { document, ...(section !== undefined && { section }) },
  });
}
