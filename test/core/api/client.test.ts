import { describe, expect, it } from "vitest";
import type { CoreEvent } from "../../../core/api/call.ts";
import { createClient, linesTransport, type Transport } from "../../../core/api/client.ts";
import { decode, encode } from "../../../core/api/codec.ts";
import { createDispatch } from "../../../core/api/dispatch.ts";
import type { Service } from "../../../core/api/service/part.ts";
import { createService } from "../../../core/api/service.ts";
import { failed } from "../../../core/base/index.ts";
import { memoryPorts } from "./memory-ports.ts";

const request = { portfolio: { sample: true }, market: { sample: true }, methodology: "x" } as const;

/** Waits for its cancel, telling once that it has begun. */
const untilCancelled: Service["margin.run"] = async (_input, work) => {
  work.progress(1, 2, "steps");
  while (!work.cancelled()) await work.pause();
  return failed("cancelled", "cancelled");
};

function localTransport(): Transport {
  const ports = memoryPorts({ pause: () => new Promise((resolve) => setImmediate(resolve)) });
  const dispatch = createDispatch({ ...createService(ports), "margin.run": untilCancelled }, ports);
  const listeners = new Set<(event: CoreEvent) => void>();
  return {
    send: (call) =>
      dispatch(call, (event) => {
        for (const listen of listeners) listen(event);
      }),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

describe("createClient", () => {
  it("calls by name with typed input and output", async () => {
    const answer = await createClient(localTransport()).call("program.info", {});
    expect(answer).toEqual({ ok: true, value: { version: "0.0.0-test", host: "test" } });
  });
  it("cancels the job of a call whose signal aborts", async () => {
    const controller = new AbortController();
    const answer = await createClient(localTransport()).call("margin.run", request, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(answer).toEqual({ ok: false, failure: { reason: "cancelled", message: "cancelled" } });
  });
  it("does not begin a call whose signal has aborted", async () => {
    const silent: Transport = { send: () => Promise.reject(new Error("sent")), onEvent: () => () => {} };
    const answer = await createClient(silent).call("margin.run", request, { signal: AbortSignal.abort() });
    expect(answer).toMatchObject({ failure: { reason: "cancelled" } });
  });
  it("keeps the events of two calls apart", async () => {
    const client = createClient(localTransport());
    const controllers = [new AbortController(), new AbortController()];
    const seen = [0, 0];
    const calls = controllers.map(({ signal }, index) =>
      client.call("margin.run", request, {
        signal,
        onProgress: () => {
          seen[index] = (seen[index] ?? 0) + 1;
        },
      }),
    );
    for (const controller of controllers) controller.abort();
    await Promise.all(calls);
    expect(seen).toEqual([1, 1]);
  });
  it("answers a broken door as a failure", async () => {
    const broken: Transport = { send: () => Promise.reject(new Error("gone")), onEvent: () => () => {} };
    expect(await createClient(broken).call("program.info", {})).toMatchObject({
      failure: { reason: "internal", message: "the core cannot be reached: gone" },
    });
  });
});

describe("linesTransport", () => {
  it("reads events and the result from lines", async () => {
    const event: CoreEvent = { kind: "progress", job: "a", done: 1, total: 2, label: "rows" };
    const bodies: unknown[] = [];
    const transport = linesTransport(async (body, onLine) => {
      bodies.push(decode(String(body.pieces[0])));
      onLine(encode({ event }));
      onLine(encode({ result: { ok: true, value: new Float64Array([1]) } }));
    });
    const seen: CoreEvent[] = [];
    transport.onEvent((heard) => seen.push(heard));
    expect(await transport.send({ operation: "x", input: {} })).toEqual({ ok: true, value: new Float64Array([1]) });
    expect(seen).toEqual([event]);
    expect(bodies).toEqual([{ ok: true, value: { operation: "x", input: {} } }]);
  });
  it("rejects when the answer ends without a result", async () => {
    const transport = linesTransport(async () => {});
    await expect(transport.send({ operation: "x", input: {} })).rejects.toThrow("ended early");
  });
});
