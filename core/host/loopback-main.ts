import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { startCore } from "./core-worker.ts";
import { defaultLibraryPath } from "./library-path.ts";
import { startLoopback } from "./loopback.ts";

/** Entry of the loopback host: `loopback.cjs [--port N] [--library PATH] [--open]` prints its URL in one line. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      library: { type: "string", default: defaultLibraryPath() },
      open: { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stderr.write(`--port ${values.port}: expected a whole number from 0 to 65535\n`);
    process.exit(2);
  }
  const core = startCore({ libraryPath: values.library, host: "loopback" });
  // The worker loads its code and opens the library while the browser loads the page.
  void core.call({ operation: "library.info", input: {} });
  const loopback = await startLoopback({ core, port });
  process.stdout.write(`Marginscope is at ${loopback.url}\n`);
  if (values.open) openInBrowser(loopback.url);
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await loopback.close();
    await core.close();
    process.exit(0);
  };
  process.on("SIGINT", () => void end());
  process.on("SIGTERM", () => void end());
  // The start script holds a channel: when it dies, whatever the way, nothing stays behind.
  process.on("disconnect", () => void end());
}

/** Opens the user's browser if there is one; the URL was printed, so a failure costs nothing. */
function openInBrowser(url: string): void {
  const [command, ...rest] =
    process.platform === "win32"
      ? ["rundll32", "url.dll,FileProtocolHandler"]
      : [process.platform === "darwin" ? "open" : "xdg-open"];
  if (command === undefined) return;
  const child = spawn(command, [...rest, url], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

main().catch((error: unknown) => {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${isTaken ? "the port is taken by another program; choose one with --port" : reason}\n`);
  process.exit(1);
});
