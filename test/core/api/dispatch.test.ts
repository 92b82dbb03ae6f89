import { describe, expect, it } from "vitest";
import type { CoreEvent } from "../../../core/api/call.ts";
import { contract } from "../../../core/api/contract.ts";
import { createDispatch } from "../../../core/api/dispatch.ts";
import type { Service } from "../../../core/api/service/part.ts";
import { createService } from "../../../core/api/service.ts";
import { DomainError, failed, failure } from "../../../core/base/index.ts";
import { memoryPorts } from "./memory-ports.ts";

const option = { forward: 100, strike: 90, years: 0.5, optionType: "call", volatility: 0.6 };

function dispatchWith(handlers: Partial<Service> = {}, now: () => number = () => 0) {
  const ports = memoryPorts({ now });
  return createDispatch({ ...createService(ports), ...handlers }, ports);
}

const refusal = async (call: unknown) => {
  const answer = await dispatchWith()(call);
  return answer.ok ? undefined : answer.failure;
};

const pushed = (amount: number) => ({
  format: "json",
  content: {
    name: "Pushed",
    scenarios: [{ id: "s", label: "S", shocks: [{ kind: "price", factor: "*", mode: "absolute", amount }] }],
  },
});

describe("dispatch", () => {
  it("answers a call", async () => {
    const answer = await dispatchWith()({ operation: "price.option", input: { ...option, volatility: 0 } });
    expect(answer).toMatchObject({ ok: true, value: { value: 10, delta: 1 } });
  });
  it("takes a missing input for an empty one", async () => {
    expect(await dispatchWith()({ operation: "program.info" })).toEqual({
      ok: true,
      value: { version: "0.0.0-test", host: "test" },
    });
  });
  it("has a handler for every operation of the contract but job.cancel, and no other", () => {
    const served = Object.keys(createService(memoryPorts()));
    expect([...served, "job.cancel"].sort()).toEqual(Object.keys(contract).sort());
  });

  it.each(["price.nothing", "nothing", "", "__proto__", "constructor", "toString"])(
    "knows no %j",
    async (operation) => {
      expect(await refusal({ operation, input: {} })).toMatchObject({ reason: "not-found" });
    },
  );
  it.each([undefined, null, 5, "price.option", [], {}, { operation: 1 }, { operation: "program.info", extra: 1 }])(
    "refuses a call that is %j",
    async (call) => expect(await refusal(call)).toMatchObject({ reason: "invalid-input" }),
  );

  it.each([
    ["price.option", { ...option, forward: 1e308 }, "/forward", "a number from -1e30 to 1e30; found 1e+308"],
    ["stress-set.export", pushed(-1e31), "/content/scenarios/0/shocks/0/amount", "found -1e+31"],
    [
      "history.changes",
      { history: { id: "h" }, factors: ["price:BTC"], fromMs: 1.7e18 },
      "/fromMs",
      "a day of the calendar; found 1700000000000000000",
    ],
  ])("refuses numbers that no amount or time can be, %s", async (operation, input, at, words) => {
    const found = await refusal({ operation, input });
    expect(found).toMatchObject({ reason: "invalid-input", at });
    expect(found?.message).toContain(words);
  });
  it("refuses an id that no file name can be", async () =>
    expect(await refusal({ operation: "document.get", input: { id: "x".repeat(5000) } })).toMatchObject({ at: "/id" }));

  it.each([
    [{ ...option, strike: -1 }, "/strike", "expected a number above 0; found -1"],
    [{ ...option, strike: "90" }, "/strike", 'expected a finite number; found "90"'],
    [{ ...option, strike: Number.NaN }, "/strike", "expected a finite number; found NaN"],
    [{ ...option, optionType: "both" }, "/optionType", 'expected one of "call", "put"; found "both"'],
    [{ ...option, colour: "red" }, "/", 'expected no member "colour"'],
    [{ ...option, forward: undefined }, "/forward", "expected a finite number; found nothing"],
    [null, "/", "expected an object; found null"],
    [{ ...option, strike: -1, years: "1" }, "/strike", 'found -1; at /years: expected a finite number; found "1"'],
    [[], "/", "expected an object; found a list of 0"],
  ])("refuses the input %j by pointer", async (input, at, words) => {
    const found = await refusal({ operation: "price.option", input });
    expect(found).toMatchObject({ reason: "invalid-input", at });
    expect(found?.message).toContain(words);
  });
  it("names up to five things wrong with an input, and counts the rest", async () => {
    const found = await refusal({ operation: "price.option", input: { colour: "red" } });
    expect(found?.message).toMatch(/^price\.option (at \/\w+: expected [^;]+; found nothing; ){5}and 1 more$/);
  });
  it("names the branch of a choice that was meant", async () => {
    const input = { portfolio: { id: "" }, market: { sample: true }, methodology: "x" };
    expect(await refusal({ operation: "margin.run", input })).toMatchObject({ at: "/portfolio/id" });
    const files = { portfolio: { files: [{ name: "a", text: 5 }] }, market: { sample: true }, methodology: "x" };
    expect(await refusal({ operation: "margin.run", input: files })).toMatchObject({ at: "/portfolio/files/0/text" });
  });

  it("answers a defect as internal, with the words of the DomainError", async () => {
    const dispatch = dispatchWith({
      "program.info": () => {
        throw new DomainError("strike must be above 0", -1);
      },
    });
    expect(await dispatch({ operation: "program.info" })).toEqual({
      ok: false,
      failure: { reason: "internal", message: "strike must be above 0; found -1" },
    });
  });
  it("answers with the failure that an error carries", async () => {
    const carried = failure("conflict", "the library is of a newer program");
    const dispatch = dispatchWith({
      "library.info": () => {
        throw Object.assign(new Error("refused"), { failure: carried });
      },
    });
    expect(await dispatch({ operation: "library.info" })).toEqual({ ok: false, failure: carried });
  });
  it("lets no number out that is not finite", async () => {
    const dispatch = dispatchWith({ "setting.get": () => ({ ok: true, value: { value: Number.NaN } }) });
    expect(await dispatch({ operation: "setting.get", input: { key: "a" } })).toMatchObject({
      failure: { reason: "internal" },
    });
  });
});

describe("jobs", () => {
  /** A job of a hundred steps that stops when asked to. */
  const steps: Service["margin.run"] = async (_input, work) => {
    for (let step = 1; step <= 100; step++) {
      if (work.cancelled()) return failed("cancelled", "cancelled");
      work.progress(step, 100, "steps");
      await work.pause();
    }
    return failed("not-applicable", "done");
  };
  const input = { portfolio: { sample: true }, market: { sample: true }, methodology: "x" };

  it("report under their id, not more often than every 50 ms, and at the end", async () => {
    let ms = 0;
    const events: CoreEvent[] = [];
    const dispatch = dispatchWith({ "margin.run": steps }, () => {
      ms += 10;
      return ms;
    });
    await dispatch({ operation: "margin.run", input, job: "mine" }, (event) => events.push(event));
    expect(events.map((event) => event.kind === "progress" && event.done)).toEqual([
      ...Array.from({ length: 20 }, (_, index) => 1 + 5 * index),
      100,
    ]);
    expect(new Set(events.map(({ job }) => job))).toEqual(new Set(["mine"]));
  });
  it("hand out early values", async () => {
    const events: CoreEvent[] = [];
    const dispatch = dispatchWith({
      "surface.run": async (_input, work) => {
        work.partial({ stage: "coarse" } as Parameters<typeof work.partial>[0]);
        return failed("not-applicable", "done");
      },
    });
    await dispatch({ operation: "surface.run", input, job: "s" }, (event) => events.push(event));
    expect(events).toEqual([{ kind: "partial", job: "s", value: { stage: "coarse" } }]);
  });
  it("stop when cancelled, and only while they run", async () => {
    const dispatch = dispatchWith({ "margin.run": steps });
    const running = dispatch({ operation: "margin.run", input, job: "mine" });
    const cancel = () => dispatch({ operation: "job.cancel", input: { job: "mine" } });
    expect(await cancel()).toEqual({ ok: true, value: { cancelled: true } });
    expect(await running).toMatchObject({ failure: { reason: "cancelled" } });
    expect(await cancel()).toEqual({ ok: true, value: { cancelled: false } });
  });
  it("refuse the id of a running job", async () => {
    const dispatch = dispatchWith({ "margin.run": steps });
    const running = dispatch({ operation: "margin.run", input, job: "mine" });
    expect(await dispatch({ operation: "margin.run", input, job: "mine" })).toMatchObject({
      failure: { reason: "conflict" },
    });
    expect(await running).toMatchObject({ failure: { message: "done" } });
  });
});
