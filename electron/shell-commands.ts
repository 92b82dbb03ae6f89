import { BrowserWindow, ipcMain } from "electron";
import { readFiles } from "./given-files.ts";
import { isFromOurPage } from "./sender.ts";

/** What the shell asks of the page. `command` names a command of the page's own list, as its palette does. */
export type ShellRequest =
  | { readonly kind: "command"; readonly id: string }
  | { readonly kind: "files"; readonly paths: readonly string[] };

export interface ShellCommands {
  /** Delivered at once, or as soon as the page listens. */
  readonly send: (request: ShellRequest) => void;
  /** Begins to serve the page. */
  readonly serve: () => void;
}

/** Requests from the menu, the command line and a second start to the page; files cross with their content. */
export function shellCommands(): ShellCommands {
  const waiting: ShellRequest[] = [];
  let listening = false;

  const deliver = async (request: ShellRequest): Promise<void> => {
    const message = request.kind === "command" ? request : { kind: "files", files: await readFiles(request.paths) };
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send("shell:request", message);
  };

  return {
    send(request) {
      if (request.kind === "files" && request.paths.length === 0) return;
      if (listening) void deliver(request);
      else waiting.push(request);
    },
    serve() {
      ipcMain.on("shell:listening", (event) => {
        if (!isFromOurPage(event)) return;
        listening = true;
        event.sender.once("did-start-loading", () => {
          listening = false;
        });
        for (const request of waiting.splice(0)) void deliver(request);
      });
    },
  };
}
