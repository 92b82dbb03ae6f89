import { join, resolve } from "node:path";
import { app, session } from "electron";
import { startCore } from "../core/host/core-worker.ts";
import { defaultLibraryPath } from "../core/host/library-path.ts";
import { forwardCalls } from "./bridge.ts";
import { serveDialogs } from "./dialogs.ts";
import { filesOf } from "./given-files.ts";
import { showMenu } from "./menu.ts";
import { registerScheme, servePage } from "./page-protocol.ts";
import { servePrinting } from "./print.ts";
import { restrictContents, restrictSession } from "./restrictions.ts";
import { shellCommands } from "./shell-commands.ts";
import { mainWindow, openWindow } from "./window.ts";

registerScheme();
if (app.requestSingleInstanceLock()) void start();
else app.quit();

async function start(): Promise<void> {
  app.on("web-contents-created", (_, contents) => restrictContents(contents));
  const libraryPath = resolve(app.commandLine.getSwitchValue("library") || defaultLibraryPath());
  const core = startCore({ libraryPath, host: "electron" });
  // The worker loads its code and opens the library while Electron starts.
  void core.call({ operation: "library.info", input: {} });
  const commands = shellCommands();
  const userData = app.getPath("userData");

  app.on("second-instance", (_, argv, folder) => {
    const window = mainWindow();
    if (window?.isMinimized()) window.restore();
    window?.focus();
    commands.send({ kind: "files", paths: filesOf(argv, folder) });
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    commands.send({ kind: "files", paths: [path] });
  });
  app.on("window-all-closed", () => app.quit());
  let closed = false;
  app.on("will-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    void core.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => app.quit());

  await app.whenReady();
  restrictSession(session.defaultSession);
  servePage(session.defaultSession, join(import.meta.dirname, "../renderer"));
  const refreshMenu = (): Promise<void> => showMenu(core, commands);
  forwardCalls(core, (operation) => {
    if (operation.startsWith("recent.")) void refreshMenu();
  });
  serveDialogs(session.defaultSession, core, userData);
  servePrinting(userData);
  commands.serve();
  commands.send({ kind: "files", paths: filesOf(process.argv, process.cwd()) });
  const here = import.meta.dirname;
  openWindow(userData, join(here, "../preload/index.cjs"), join(here, "../../resources/icons/icon.png"));
  await refreshMenu();
}
