import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { app, BrowserWindow, dialog, ipcMain, type Session } from "electron";
import type { Core } from "../core/host/core.ts";
import { type GivenFile, readFiles } from "./given-files.ts";
import { remembered } from "./remembered.ts";
import { isFromOurPage } from "./sender.ts";

/** What the page gets of a dialog: files, or why there are none. No files when the user chose none. */
export type OpenedFiles =
  | { readonly ok: true; readonly value: readonly GivenFile[] }
  | { readonly ok: false; readonly failure: { readonly reason: string; readonly message: string } };

/** Open dialogs on request of the page, save dialogs for what the page hands out; both start in the folder used last. */
export function serveDialogs(session: Session, core: Core, userData: string): void {
  const folder = remembered(userData, "folder", (value) => (typeof value === "string" ? value : undefined));
  const lastFolder = (): string => folder.get() ?? homedir();

  ipcMain.handle("shell:open-files", async (event): Promise<OpenedFiles> => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!isFromOurPage(event) || window === null) return refused("unsupported", "unknown sender");
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: "Import files",
      defaultPath: lastFolder(),
      properties: ["openFile", "multiSelections"],
      filters: [
        { name: "Exports", extensions: ["json", "csv", "gz", "db", "sqlite"] },
        { name: "All files", extensions: ["*"] },
      ],
    });
    const [first] = filePaths;
    if (first !== undefined) folder.set(dirname(first));
    for (const path of filePaths) app.addRecentDocument(path);
    return opened(filePaths);
  });

  // Only a path that stands in the library's list of recent files: a page cannot name a file of its own choice.
  ipcMain.handle("shell:open-recent", async (event, path: unknown): Promise<OpenedFiles> => {
    if (!isFromOurPage(event) || typeof path !== "string") return refused("unsupported", "unknown sender");
    const recent = await core.call({ operation: "recent.list", input: {} });
    const known =
      recent.ok && (recent.value as readonly { readonly path: string }[]).some((file) => file.path === path);
    return known ? opened([path]) : refused("not-found", `${path} is not among the recent files`);
  });

  session.on("will-download", (event, item) => {
    if (!item.getURL().startsWith("blob:app://bundle/")) {
      event.preventDefault();
      return;
    }
    item.setSaveDialogOptions({ defaultPath: join(lastFolder(), basename(item.getFilename())) });
    item.once("done", (_, state) => {
      if (state === "completed") folder.set(dirname(item.getSavePath()));
    });
  });
}

async function opened(paths: readonly string[]): Promise<OpenedFiles> {
  try {
    return { ok: true, value: await readFiles(paths) };
  } catch (error) {
    return refused("not-found", error instanceof Error ? error.message : String(error));
  }
}

function refused(reason: string, message: string): OpenedFiles {
  return { ok: false, failure: { reason, message } };
}
