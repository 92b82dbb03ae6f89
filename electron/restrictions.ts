import { app, type Session, type WebContents } from "electron";
import { isOwnPage, popoutPage } from "./page-protocol.ts";
import { popoutOptions } from "./window.ts";

const localSchemes = new Set(["app:", "blob:", "data:"]);

/** The session asks nobody for anything: no permission but writing to the clipboard, no request that leaves the machine. */
export function restrictSession(session: Session): void {
  session.setPermissionRequestHandler((_, permission, answer) => answer(isGranted(permission)));
  session.setPermissionCheckHandler((_, permission) => isGranted(permission));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const { protocol } = new URL(url);
    const cancel = !localSchemes.has(protocol) && (app.isPackaged || protocol !== "devtools:");
    if (cancel) process.stderr.write(`blocked a request to ${url}\n`);
    answer({ cancel });
  });
}

/** No page but ours, no further window but for a popped-out panel, no embedded page. */
export function restrictContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    const allowed = url === popoutPage && isOwnPage(contents.getURL()) && contents.getURL() !== popoutPage;
    return allowed ? { action: "allow", overrideBrowserWindowOptions: popoutOptions() } : { action: "deny" };
  });
  contents.on("will-navigate", (event, url) => {
    if (!isOwnPage(url)) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event, url) => {
    if (!isOwnPage(url)) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
}

function isGranted(permission: string): boolean {
  return permission === "clipboard-sanitized-write";
}
