import { readFile } from "node:fs/promises";
import { extname, isAbsolute, join, relative, sep } from "node:path";

/** A file of the built renderer, ready to be answered. */
export interface PageFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};

/** Text in index.html that becomes the style nonce of each load. */
const noncePlaceholder = "__NONCE__";

/** Headers of everything the program serves; with the three cross-origin ones the page is cross-origin isolated. */
export const commonHeaders: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
};

/** The content security policy of one page load: no eval, styles by nonce, nothing from outside. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * A file of the built renderer for the path of a URL.
 *
 * @param root    folder of the built renderer
 * @param urlPath path of the request, still percent-encoded; `/` is index.html
 * @param nonce   random per load; it goes into the page and its policy
 * @returns `undefined` for a path outside the folder, an unknown type or a missing file
 */
export async function pageFile(root: string, urlPath: string, nonce: string): Promise<PageFile | undefined> {
  const path = pathInside(root, urlPath === "/" ? "/index.html" : urlPath);
  const type = path === undefined ? undefined : types[extname(path)];
  if (path === undefined || type === undefined) return undefined;
  const content = await readFile(path).catch(() => undefined);
  if (content === undefined) return undefined;
  // The build names these files by their content, so that a copy is never stale; the browser keeps their compiled code with it.
  const kept = urlPath.startsWith("/assets/") ? { "Cache-Control": "public, max-age=31536000, immutable" } : {};
  const policy = { "Content-Security-Policy": contentSecurityPolicy(nonce) };
  const headers = { ...commonHeaders, ...kept, "Content-Type": type, ...policy };
  if (extname(path) !== ".html") return { body: content, headers };
  return { body: Buffer.from(content.toString("utf8").replaceAll(noncePlaceholder, nonce)), headers };
}

/** The file a path names, when it is inside the folder; compared after resolving, never by prefix. */
function pathInside(root: string, urlPath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (decoded.includes("\0") || decoded.includes("\\")) return undefined;
  const path = join(root, decoded);
  const inside = relative(root, path);
  return inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? undefined : path;
}
