import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { connect } from "../../../renderer/client/index.ts";
import { backtestStore, isUnfinished } from "../../../renderer/state/backtest.ts";
import {
  exampleMethods,
  firstSetup,
  labelOf,
  missingOf,
  nameOfSetup,
  plain,
  requestOfSetup,
  setupOf,
} from "../../../renderer/state/backtest-setup.ts";
import { jobsStore } from "../../../renderer/state/jobs.ts";
import { session } from "../../../renderer/state/session.ts";
import { validationStore, validationWork } from "../../../renderer/state/validation.ts";

interface Asked {
  readonly operation: string;
  readonly input: unknown;
  readonly partial: (value: unknown) => void;
  readonly answer: (value: unknown) => void;
}

/** A client whose answers the test gives one by one; lists are empty at once. */
function scriptedClient(): Asked[] {
  const asked: Asked[] = [];
  connect({
    call: (operation: string, input: unknown, options?: { onPartial?: (value: unknown) => void }) => {
      if (/\.(list|info)$/.test(operation)) return Promise.resolve({ ok: true, value: [] });
      return new Promise((resolve) => {
        asked.push({ operation, input, partial: (value) => options?.onPartial?.(value), answer: resolve });
      });
    },
  } as unknown as Client);
  return asked;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const result = (points: number) => ({
  ...{ panelName: "p", bookName: "b", horizonDays: 1, startMultiple: 2, skipped: [], synthetic: true },
  points: Array.from({ length: points }, (_, place) => ({ asOfMs: place, methods: [], gaps: [] })),
});
const entry = { id: "b1", name: "Strangle", note: "", savedAtMs: 5, sha256: "" };
const stored = (points: number, days = 3) => ({
  ok: true,
  value: { ...entry, content: { result: result(points), days, codeVersion: "1", request: requestOfSetup(setup) } },
});
const setup = { ...firstSetup, panel: "panel-1", methods: exampleMethods.map((method, key) => ({ ...method, key })) };
const refusal = (reason: string) => ({ ok: false, failure: { reason, message: `because ${reason}` } });
const initial = backtestStore.getInitialState();

beforeEach(() => {
  backtestStore.setState({ ...initial, setup }, true);
  validationStore.setState({ of: undefined });
  validationWork.getState().clear();
  jobsStore.setState({ jobs: [] });
});

describe("the set-up of a backtest", () => {
  it("names each method with what sets it apart", () => {
    const method = { ...plain("var-es-margin", "historical-var-99"), key: 1, calibration: "start" as const };
    expect(labelOf(method)).toBe("var-es-margin historical-var-99, calibrated once");
    expect(labelOf({ ...plain("okx-portfolio"), key: 2, overrides: [{ path: "/a", value: 1 }] })).toBe(
      "okx-portfolio, 1 overrides",
    );
  });
  it.each([
    [{ panel: undefined }, "Choose a panel of markets."],
    [{ methods: [] }, "Add a method."],
    [{ book: "dated" as const }, "Add a portfolio with its first day."],
    [
      { methods: [...setup.methods, { ...plain("okx-portfolio"), key: 9 }] },
      "Two methods are the same: okx-portfolio.",
    ],
    [{}, undefined],
  ])("with %o it says %s", (change, words) => expect(missingOf({ ...setup, ...change })).toBe(words));
  it("makes a request with labels, and dated books in the order of their days", () => {
    const dated = [
      { from: "2026-02-01", portfolio: "later" },
      { from: "2026-01-01", portfolio: "first" },
    ];
    const request = requestOfSetup({ ...setup, book: "dated", dated, history: { sample: true } });
    expect(request?.book).toEqual({
      kind: "dated",
      books: [
        { from: "2026-01-01", portfolio: { id: "first" } },
        { from: "2026-02-01", portfolio: { id: "later" } },
      ],
    });
    expect(request).toMatchObject({ panel: { id: "panel-1" }, history: { sample: true }, horizonDays: 1 });
    expect(request?.methods.map(({ label }) => label)).toContain("var-es-margin historical-var-99");
  });
  it("walks a fixed book along a history at one market, and says what that needs", () => {
    const along = { market: "m1", from: "2024-01-01", to: "" };
    const fixed = { ...setup, along, book: "fixed" as const, history: { sample: true as const } };
    expect(requestOfSetup(fixed)?.panel).toEqual({ market: { id: "m1" }, from: "2024-01-01" });
    expect(missingOf({ ...fixed, history: undefined })).toBe("Choose the history to walk along.");
    expect(missingOf({ ...fixed, book: "market-maker" })).toBe("Along a history the book is a fixed portfolio.");
  });
  it("is found again in the request it made", () => {
    const request = requestOfSetup({ ...setup, book: "market-maker", maker: { ...setup.maker, seed: 7 } });
    const again = setupOf(request as never, { keyed: (method) => ({ ...method, key: 0 }), history: undefined });
    expect(again).toMatchObject({ panel: "panel-1", book: "market-maker", maker: { seed: 7 } });
    expect(again.methods.map(labelOf)).toEqual(setup.methods.map(labelOf));
  });
  it("has a name without one being given", () => expect(nameOfSetup(setup)).toBe("Short strangle of BTC, 5 methods"));
});

describe("running a backtest", () => {
  it("shows the days so far while it runs, and what was kept when it ends", async () => {
    const asked = scriptedClient();
    const run = backtestStore.getState().run();
    expect(backtestStore.getState().state).toBe("loading");
    asked[0]?.partial(result(2));
    expect(backtestStore.getState().shown?.result.points).toHaveLength(2);
    asked[0]?.answer({ ok: true, value: entry });
    await settled();
    expect(asked[1]).toMatchObject({ operation: "backtest.get", input: { id: "b1" } });
    asked[1]?.answer(stored(3));
    await run;
    expect(backtestStore.getState()).toMatchObject({ state: "ready", shown: { entry: { id: "b1" }, days: 3 } });
  });

  it("keeps what was shown when it fails", async () => {
    const asked = scriptedClient();
    backtestStore.setState({ shown: { entry, name: "before", result: result(1), days: 1 } as never, state: "ready" });
    const run = backtestStore.getState().run();
    asked[0]?.answer(refusal("missing-data"));
    await run;
    expect(backtestStore.getState()).toMatchObject({
      ...{ state: "error", failure: { message: "because missing-data" } },
      shown: { name: "before" },
    });
  });

  it("stays with the days so far when it is cancelled", async () => {
    const asked = scriptedClient();
    const run = backtestStore.getState().run();
    asked[0]?.partial(result(2));
    asked[0]?.answer(refusal("cancelled"));
    await run;
    const { shown, state, cancelled } = backtestStore.getState();
    expect([state, cancelled, shown?.result.points.length]).toEqual(["stale", true, 2]);
  });

  it("asks for nothing while something is missing", async () => {
    const asked = scriptedClient();
    backtestStore.setState({ setup: { ...setup, panel: undefined } });
    await backtestStore.getState().run();
    expect(asked).toEqual([]);
  });

  it("is outdated by another set-up", async () => {
    backtestStore.setState({ state: "ready" });
    backtestStore.getState().choose({ horizonDays: 2 });
    expect(backtestStore.getState().state).toBe("stale");
  });

  it("knows a walk that ended early", () => {
    expect(isUnfinished({ result: result(2) as never, days: 3 })).toBe(true);
    expect(isUnfinished({ result: result(3) as never, days: 3 })).toBe(false);
  });
});

describe("a day of a backtest", () => {
  it("becomes book, market, history and rules of the session", async () => {
    const asked = scriptedClient();
    session.setState({ automatic: false });
    backtestStore.setState({ shown: { entry, name: "b", result: result(3), days: 3 } as never, state: "ready" });
    const opened = backtestStore.getState().openDay(2, "var");
    expect(asked[0]).toMatchObject({ operation: "backtest.open-point", input: { id: "b1", asOfMs: 2, label: "var" } });
    const named = (id: string) => ({ ...entry, id, name: id });
    asked[0]?.answer({
      ok: true,
      value: {
        ...{ portfolio: named("book"), market: named("day"), history: named("past"), methodology: "var-es-margin" },
        ...{ version: "historical-var-99", overrides: [{ path: "/window/observations", value: 100 }] },
      },
    });
    expect(await opened).toBeUndefined();
    expect(session.getState()).toMatchObject({
      portfolio: { id: "book" },
      market: { id: "day" },
      history: { id: "past" },
      methodology: "var-es-margin",
      rules: { name: "historical-var-99" },
      overrides: [{ path: "/window/observations", value: 100 }],
    });
    expect(backtestStore.getState().day).toBe(2);
  });
  it("cannot open before the backtest is kept", async () => {
    backtestStore.setState({ shown: { name: "b", result: result(3), days: 3 } as never });
    expect(await backtestStore.getState().openDay(2, "var")).toMatchObject({ reason: "not-found" });
  });
});

describe("validating a backtest", () => {
  it("asks once for each, again when another is shown or the terms change", async () => {
    const asked = scriptedClient();
    const show = (id: string) =>
      backtestStore.setState({ shown: { entry: { ...entry, id }, name: id, result: result(1), days: 1 } as never });
    show("one");
    void validationStore.getState().validate();
    void validationStore.getState().validate();
    expect(asked.map(({ input }) => input)).toEqual([
      { data: { backtest: "one", confidence: 0.99 }, settings: { level: 0.05, overlap: "every-hth" } },
    ]);
    void validationStore.getState().choose({ confidence: 0.95 });
    expect(asked).toHaveLength(2);
    show("two");
    void validationStore.getState().validate();
    expect(asked[2]).toMatchObject({ input: { data: { backtest: "two", confidence: 0.95 } } });
  });
});
