import { ipcMain, type WebContents } from "electron";
import type { Core } from "../core/host/core.ts";
import { isFromOurPage } from "./sender.ts";

/**
 * The one channel of calls, forwarded to the core as they are: `dispatch` checks them. Events go back to the caller's window.
 *
 * @param onAnswered told the operation of every answered call
 */
export function forwardCalls(core: Core, onAnswered: (operation: string) => void): void {
  const jobs = new Map<WebContents, Set<string>>();

  ipcMain.handle("core:call", async (event, call: unknown) => {
    if (!isFromOurPage(event)) return { ok: false, failure: { reason: "unsupported", message: "unknown sender" } };
    const { sender } = event;
    const { operation, job } = outlineOf(call);
    const open = jobs.get(sender) ?? watch(sender, core, jobs);
    if (job !== undefined) open.add(job);
    const result = await core.answer(call, (message) => {
      if (!sender.isDestroyed()) sender.send("core:event", message);
    });
    if (job !== undefined) open.delete(job);
    onAnswered(operation);
    return result;
  });
}

/** The jobs of a window; those still running when its page goes away are cancelled. */
function watch(contents: WebContents, core: Core, jobs: Map<WebContents, Set<string>>): Set<string> {
  const open = new Set<string>();
  const cancelAll = (): void => {
    for (const job of open) void core.call({ operation: "job.cancel", input: { job } });
    open.clear();
  };
  jobs.set(contents, open);
  contents.on("did-navigate", cancelAll);
  contents.on("render-process-gone", cancelAll);
  contents.once("destroyed", () => {
    cancelAll();
    jobs.delete(contents);
  });
  return open;
}

/** What the bridge itself must know of a call; everything else is the business of `dispatch`. */
function outlineOf(call: unknown): { readonly operation: string; readonly job?: string } {
  const { operation, job } = typeof call === "object" && call !== null ? (call as Record<string, unknown>) : {};
  return { operation: typeof operation === "string" ? operation : "", ...(typeof job === "string" && { job }) };
}
