import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Call } from "../../core/api/call.ts";
import { type CallBody, linesTransport } from "../../core/api/client.ts";
import { decode, encode } from "../../core/api/codec.ts";
import { startCore } from "../../core/host/core-worker.ts";
import { localCore } from "../../core/host/local-core.ts";
import { startLoopback } from "../../core/host/loopback.ts";
import { bundles, node } from "./built.ts";
import { type Door, doorOf } from "./parity-calls.ts";

/** A folder for one door's library, and what removes it. */
function libraryFolder(): { readonly libraryPath: string; readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "marginscope-door-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { folder, libraryPath: join(folder, "library.sqlite"), remove };
}

/** Dispatch in this very process, from source. */
export function inProcess(): Door {
  const { libraryPath, remove } = libraryFolder();
  const core = localCore({ libraryPath, host: "in process" });
  return doorOf("in process", core.call, async () => {
    await core.close();
    remove();
  });
}

/** The built worker thread. */
export function throughWorker(): Door {
  const { libraryPath, remove } = libraryFolder();
  const core = startCore({ libraryPath, host: "worker", workerPath: bundles.worker });
  return doorOf("worker", core.call, async () => {
    await core.close();
    remove();
  });
}

/** HTTP on the loopback interface, with the renderer's own client of it. */
export async function throughLoopback(): Promise<Door> {
  const { libraryPath, remove } = libraryFolder();
  const core = startCore({ libraryPath, host: "loopback", workerPath: bundles.worker });
  const { port, token, close } = await startLoopback({ core });
  const post = async ({ type, pieces }: CallBody, onLine: (line: string) => void): Promise<void> => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": type };
    const response = await fetch(`http://127.0.0.1:${port}/api`, {
      method: "POST",
      headers,
      body: new Blob([...pieces]),
    });
    let rest = "";
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    }
  };
  return doorOf(
    "loopback",
    (call, emit) => {
      const transport = linesTransport(post);
      transport.onEvent(emit);
      return transport.send(call);
    },
    async () => {
      await close();
      await core.close();
      remove();
    },
  );
}

/** The built command line: one process a call. */
export function throughCommandLine(): Door {
  const { folder, libraryPath, remove } = libraryFolder();
  const request = join(folder, "request.json");
  const run = (call: Call, cancel: boolean): Promise<unknown> =>
    new Promise((resolve, reject) => {
      writeFileSync(request, encode(call.input));
      const flags = ["--json", "--library", libraryPath, ...(cancel ? ["--progress"] : [])];
      const child = spawn(node, [bundles.cli, call.operation, `@${request}`, ...flags], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      const [stdout, stderr]: [string[], string[]] = [[], []];
      child.stdout.setEncoding("utf8").on("data", (text: string) => stdout.push(text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        if (cancel && stderr.length === 0) child.kill("SIGINT");
        stderr.push(text);
      });
      child.on("error", reject);
      child.on("close", (code) => {
        if (code !== 0 && code !== 1) reject(new Error(`exit code ${code}: ${stderr.join("")}`));
        // A refusal is the last line of stderr; lines of progress may stand before it.
        const text = code === 0 ? stdout.join("") : (stderr.join("").trim().split("\n").at(-1) ?? "");
        const answer = decode(text);
        if (!answer.ok) reject(new Error(`not an answer: ${text}`));
        else resolve(code === 0 ? answer : { ok: false, failure: answer.value });
      });
    });
  return {
    name: "command line",
    call: (call) => run(call, false),
    callAndCancel: (call) => run(call, true),
    close: async () => remove(),
  };
}
