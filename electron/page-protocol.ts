import { randomBytes } from "node:crypto";
import { protocol, type Session } from "electron";
import { pageFile } from "../core/host/page.ts";

/** Where the window's page lives; nothing else may be loaded. */
export const pageOrigin = "app://bundle";

/** The one page a second window may show: an empty one that the first fills with a panel. */
export const popoutPage = `${pageOrigin}/popout.html`;

/** Must run before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built renderer with the same headers as the loopback host. */
export function servePage({ protocol }: Session, rendererPath: string): void {
  protocol.handle("app", async (request) => {
    const { host, pathname } = new URL(request.url);
    const isRead = request.method === "GET" || request.method === "HEAD";
    const nonce = randomBytes(16).toString("base64");
    const file = host === "bundle" && isRead ? await pageFile(rendererPath, pathname, nonce) : undefined;
    if (file === undefined) return new Response("there is no such file", { status: 404 });
    return new Response(request.method === "HEAD" ? null : new Uint8Array(file.body), { headers: { ...file.headers } });
  });
}

/** Whether a URL is a page of ours. */
export function isOwnPage(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return protocol === "app:" && host === "bundle";
  } catch {
    return false;
  }
}
