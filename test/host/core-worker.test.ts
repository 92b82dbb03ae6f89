import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MarginSurface } from "../../core/analysis/index.ts";
import type { CoreEvent } from "../../core/api/call.ts";
import { startCore } from "../../core/host/core-worker.ts";
import { buffersOf } from "../../core/host/worker-message.ts";
import { buildCore, bundles } from "./built.ts";

const folder = mkdtempSync(join(tmpdir(), "marginscope-worker-"));
const surface = {
  operation: "surface.run",
  input: { portfolio: { sample: true }, market: { sample: true }, methodology: "deribit-portfolio" },
};

beforeAll(buildCore, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const open = (name: string, workerPath: string = bundles.worker) =>
  startCore({ libraryPath: join(folder, name), host: "worker", workerPath });

describe("startCore", () => {
  it("hands out a coarse surface before the final one, and never blocks the calling thread for 50 ms", async () => {
    const core = open("surface.sqlite");
    const events: CoreEvent[] = [];
    // Time this thread computed between two turns of its loop: what others take of a busy machine does not count.
    const usedMs = () => process.threadCpuUsage().user / 1000;
    let longestMs = 0;
    let lastMs = usedMs();
    const watch = setInterval(() => {
      longestMs = Math.max(longestMs, usedMs() - lastMs);
      lastMs = usedMs();
    }, 1);
    const answer = await core.call(surface, (event) => events.push(event));
    clearInterval(watch);
    await core.close();
    const stages = events.flatMap((event) => (event.kind === "partial" ? (event.value as MarginSurface).stage : []));
    expect(stages).toEqual(["coarse"]);
    expect(answer).toMatchObject({ ok: true, value: { stage: "final" } });
    expect(answer.ok && (answer.value as MarginSurface).layers.initial).toBeInstanceOf(Float64Array);
    expect(longestMs).toBeLessThan(50);
  });
  it("answers other calls while a job runs", async () => {
    const core = open("other.sqlite");
    let surfaceDone = false;
    const running = core.call({ ...surface, job: "s" }).then(() => {
      surfaceDone = true;
    });
    expect(await core.call({ operation: "program.info" })).toMatchObject({ ok: true });
    expect(surfaceDone).toBe(false);
    await core.call({ operation: "job.cancel", input: { job: "s" } });
    await running;
    await core.close();
  });
  it("closes the library, and answers calls after that as cancelled", async () => {
    const core = open("closed.sqlite");
    await core.call({ operation: "setting.set", input: { key: "a", value: 1 } });
    await core.close();
    expect(existsSync(join(folder, "closed.sqlite-wal"))).toBe(false);
    expect(await core.call({ operation: "program.info" })).toMatchObject({ failure: { reason: "cancelled" } });
    const again = open("closed.sqlite");
    expect(await again.call({ operation: "setting.get", input: { key: "a" } })).toMatchObject({ value: { value: 1 } });
    await again.close();
  });
  it("answers open calls when the worker dies, and starts a new one for the next", async () => {
    const dying = join(folder, "dying.cjs");
    writeFileSync(
      dying,
      `const { parentPort } = require("node:worker_threads");
       parentPort.on("message", ({ id, call }) => {
         if (call === "die") throw new Error("out of memory, say");
         parentPort.postMessage({ kind: "result", id, result: { ok: true, value: call } });
       });`,
    );
    const core = open("dying.sqlite", dying);
    expect(await core.call("a")).toEqual({ ok: true, value: "a" });
    expect(await core.call("die")).toEqual({
      ok: false,
      failure: { reason: "internal", message: "the core stopped unexpectedly: out of memory, say" },
    });
    expect(await core.call("b")).toEqual({ ok: true, value: "b" });
  });
  it("refuses a call that cannot be sent to another thread", async () => {
    const core = open("unsendable.sqlite");
    expect(await core.call({ operation: "program.info", input: () => 1 })).toMatchObject({
      failure: { reason: "invalid-input" },
    });
    await core.close();
  });
  it("answers every call with the reason when the library cannot be opened", async () => {
    const path = join(folder, "of-a-folder");
    writeFileSync(path, "");
    const core = open(join("of-a-folder", "library.sqlite"));
    const answer = await core.call({ operation: "library.info" });
    expect(answer).toMatchObject({ ok: false });
    expect(await core.call({ operation: "program.info" })).toMatchObject({ ok: true });
    await core.close();
  });
});

describe("buffersOf", () => {
  it("finds whole buffers once, and leaves shared ones", () => {
    const own = new Float64Array([1, 2]);
    const part = new Float64Array([1, 2, 3]).subarray(1);
    const found = buffersOf({ a: [own, own], b: { part }, c: Buffer.from("pooled"), d: "text" });
    expect(found).toEqual([own.buffer]);
  });
});
