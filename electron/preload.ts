import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from "electron";

/** Subscribes to a channel; the page never sees the event object. */
function listenTo(channel: string, listener: (message: unknown) => void): () => void {
  const forward = (_: IpcRendererEvent, message: unknown): void => listener(message);
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.off(channel, forward);
  };
}

/** The door to the core. */
contextBridge.exposeInMainWorld("core", {
  call: (call: unknown): Promise<unknown> => ipcRenderer.invoke("core:call", call),
  on: (listener: (event: unknown) => void): (() => void) => listenTo("core:event", listener),
});

/** What only a desktop window has: native dialogs, recent files, requests of the menu. */
contextBridge.exposeInMainWorld("shell", {
  openFiles: (): Promise<unknown> => ipcRenderer.invoke("shell:open-files"),
  openRecent: (path: string): Promise<unknown> => ipcRenderer.invoke("shell:open-recent", path),
  printPdf: (request: unknown): Promise<unknown> => ipcRenderer.invoke("shell:print-pdf", request),
  /** Path of a file that was dropped or chosen, for the list of recent files; Electron before 29 keeps it on the file itself. */
  pathOf: (file: File & { readonly path?: string }): string => webUtils?.getPathForFile(file) ?? file.path ?? "",
  onRequest: (listener: (request: unknown) => void): (() => void) => {
    const stop = listenTo("shell:request", listener);
    ipcRenderer.send("shell:listening");
    return stop;
  },
});
