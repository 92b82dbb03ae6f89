import { linesTransport, type Transport } from "../../core/api/client.ts";
import { inSlices } from "./slices.ts";

const tokenKey = "marginscope-token";

/** The door of the loopback host: one HTTP request a call, on the page's own origin. */
export function httpTransport(): Transport {
  const token = tokenOfPage();
  return linesTransport(async ({ type, pieces }, onLine) => {
    const response = await fetch("/api", {
      method: "POST",
      headers: { "Content-Type": type, Authorization: `Bearer ${token}` },
      // A text goes at once; a blob is handed from process to process first.
      body: pieces.every((piece) => typeof piece === "string") ? pieces.join("") : new Blob([...pieces]),
    });
    if (!response.ok || !response.body) throw new Error(`${response.status} ${(await response.text()).trim()}`);
    await eachLine(response.body, onLine);
  });
}

/** The token comes once in the fragment of the printed URL; it is taken out of the address bar and kept for reloads of this tab. */
function tokenOfPage(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given !== null) {
    sessionStorage.setItem(tokenKey, given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(tokenKey) ?? "";
}

async function eachLine(body: ReadableStream<Uint8Array<ArrayBuffer>>, onLine: (line: string) => void): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let parts: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const [first = "", ...others] = value.split("\n");
    parts.push(first);
    await inSlices(others, (next) => {
      const line = parts.join("");
      if (line !== "") onLine(line);
      parts = [next];
    });
  }
  const last = parts.join("");
  if (last !== "") onLine(last);
}
