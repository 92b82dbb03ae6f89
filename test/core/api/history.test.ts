import { describe, expect, it } from "vitest";
import { isoDate } from "../../../core/base/index.ts";
import type { MarketSnapshot } from "../../../core/market/index.ts";
import { memoryCore } from "./memory-core.ts";

const prices = { name: "btc.csv", text: "date,price:BTC\n2026-01-01,100\n2026-01-02,110\n2026-01-03,99\n" };
const ether = { name: "eth.csv", text: "date,price:ETH\n2026-01-01,10\n2026-01-03,11\n2026-01-04,12\n" };
const sample = { portfolio: { sample: true }, market: { sample: true }, methodology: "deribit-portfolio" } as const;

/** Chain of two strikes around 100 at an instant, as a market file. */
function chain(timestamp: string): { readonly name: string; readonly text: string } {
  const header =
    "timestamp,instrument_name,underlying,underlying_name,option_type,strike,expiry_datetime,time_to_maturity,bid_price,ask_price,mark_price,futures_price,implied_volatility,open_interest,volume,index_price";
  const row = (strike: number, type: "C" | "P", mark: number) =>
    [timestamp, `BTC-27MAR26-${strike}-${type}`, 100_000, "BTC-27MAR26", type === "C" ? "call" : "put", strike]
      .concat(["2026-03-27T08:00:00+00:00", 0.2, "", "", mark, 100_000, 0.5, 1, 1, 99_900])
      .join(",");
  const rows = [row(90_000, "C", 0.15), row(90_000, "P", 0.05), row(110_000, "C", 0.05), row(110_000, "P", 0.15)];
  return { name: `chain-${timestamp.slice(0, 10)}.csv`, text: [header, ...rows, ""].join("\n") };
}

describe("history operations", () => {
  it("import, list, get, rename and delete", async () => {
    const { call, answer } = memoryCore();
    const { history, report } = await call("history.import", { files: [prices] });
    expect(history).toMatchObject({ name: "btc", note: "1 series, 2026-01-01 to 2026-01-03" });
    expect(report.files).toMatchObject([{ format: "factor-columns-csv", kind: "history", rows: 3, kept: 3 }]);
    await call("history.rename", { id: history.id, name: "Bitcoin" });
    expect((await call("history.list", {})).map(({ name }) => name)).toEqual(["Bitcoin"]);
    expect((await call("history.get", { id: history.id })).content.series[0]?.values).toEqual([100, 110, 99]);
    await call("history.delete", { id: history.id });
    expect(await answer("history.get", { id: history.id })).toMatchObject({ failure: { reason: "not-found" } });
  });

  it("say what files are, with the columns of an unknown table", async () => {
    const files = [
      prices,
      chain("2026-01-05T09:00:00+00:00"),
      { name: "x.csv", text: "a,b\n1,2\n" },
      { name: "y.csv", text: "" },
    ];
    const [own, market, unknown, empty] = await memoryCore().call("history.inspect", { files });
    expect(own?.format).toMatchObject({ id: "factor-columns-csv", kind: "series" });
    expect(market?.format).toMatchObject({ id: "deribit-chain-csv", kind: "market" });
    expect(unknown?.table).toEqual({ columns: ["a", "b"], rows: [["1", "2"]] });
    expect(empty?.problem?.message).toBe("the file is empty");
  });

  it("summarise coverage and take joint changes of any source", async () => {
    const { call, answer } = memoryCore();
    const files = [prices, ether];
    const summary = await call("history.summary", { history: { files } });
    expect(summary.series.map(({ factor, observations }) => [factor, observations])).toEqual([
      ["price:BTC", 3],
      ["price:ETH", 3],
    ]);
    const changes = await call("history.changes", {
      history: { files },
      factors: ["price:BTC", "price:ETH"],
      change: "absolute",
    });
    expect(changes.fromMs.map(isoDate)).toEqual(["2026-01-01"]);
    expect([...changes.values]).toEqual([-1, 1]);
    expect(changes.droppedDays.map(({ dayMs, missing }) => [isoDate(dayMs), ...missing])).toEqual([
      ["2026-01-02", "price:ETH"],
    ]);
    const missing = await answer("history.changes", { history: { files }, factors: ["price:SOL"] });
    expect(missing).toMatchObject({ ok: false, failure: { reason: "not-found", at: "price:SOL" } });
  });

  it("merge stored histories and write them as CSV that can be imported again", async () => {
    const { call } = memoryCore();
    const ids = [];
    for (const file of [prices, ether]) ids.push((await call("history.import", { files: [file] })).history.id);
    const merged = await call("history.merge", { name: "Both", parts: ids.map((id) => ({ id })) });
    expect(merged.note).toBe("2 series, 2026-01-01 to 2026-01-04");
    const { name, text, mediaType } = await call("history.export", { id: merged.id });
    expect([name, mediaType]).toEqual(["Both_history.csv", "text/csv"]);
    const again = await call("history.import", { files: [{ name, text }] });
    const series = async (id: string) =>
      (await call("history.get", { id })).content.series.map(({ factor, timesMs, values }) => [
        factor,
        timesMs,
        values,
      ]);
    expect(await series(again.history.id)).toEqual(await series(merged.id));
  });

  it("refuse files of positions with where they belong, and import.run refuses a history likewise", async () => {
    const { answer, call } = memoryCore();
    const refused = await answer("import.run", { files: [prices] });
    expect(!refused.ok && refused.failure.message).toContain("import it as one");
    const [inspection] = await call("import.inspect", { files: [prices] });
    expect(inspection).toMatchObject({ history: { id: "factor-columns-csv" } });
    expect(inspection?.format).toBeUndefined();
  });
});

describe("a margin request with a history", () => {
  it("names and hashes it in the result, and labels the sample as synthetic", async () => {
    const { call } = memoryCore();
    const without = await call("margin.run", sample);
    const result = await call("margin.run", { ...sample, history: { sample: true } });
    expect(without.inputs.history).toBeUndefined();
    expect(result.inputs.history).toMatch(/^[0-9a-f]{64}$/);
    expect(result).toMatchObject({ historyName: "Synthetic sample", synthetic: true, totals: without.totals });
  });

  it("takes that of the sample for a method that needs one, and asks for one at any other market", async () => {
    const { call, answer } = memoryCore();
    const asked = { portfolio: sample.portfolio, methodology: "var-es-margin" };
    const result = await call("margin.run", { ...asked, market: sample.market });
    expect(result.historyName).toBe("Synthetic sample");
    expect((await call("margin.run", sample)).historyName).toBeUndefined();
    const { id } = (await call("run.save", { name: "r", request: { ...asked, market: sample.market } })) ?? {};
    const kept = (await call("run.get", { id })).content;
    expect(kept.history?.name).toBe("Synthetic sample");
    const { market } = kept;
    const stored = memoryCore();
    stored.ports.store.markets.save({ id: "m", name: market.name, note: "", savedAtMs: 1, content: market });
    const refused = await stored.answer("margin.run", { ...asked, market: { id: "m" } });
    expect(!refused.ok && refused.failure.message).toContain("needs a history with");
    expect(await answer("margin.run", { ...asked, market: { id: "m" } })).toMatchObject({
      failure: { reason: "not-found" },
    });
  });

  it("refuses a history that the library does not have", async () => {
    const result = await memoryCore().answer("margin.run", { ...sample, history: { id: "none" } });
    expect(result).toMatchObject({ ok: false, failure: { reason: "not-found", at: "none" } });
  });

  it("is kept with a run: a replay needs the library no more", async () => {
    const { call } = memoryCore();
    const { history } = await call("history.import", { files: [prices] });
    const saved = await call("run.save", { name: "r", request: { ...sample, history: { id: history.id } } });
    await call("history.delete", { id: history.id });
    const kept = await call("run.get", { id: saved.id });
    expect(kept.content.history?.series[0]?.values).toEqual([100, 110, 99]);
    expect(kept.content.request).not.toHaveProperty("history");
    expect(await call("run.replay", { id: saved.id })).toMatchObject({ equal: true, differences: [] });
  });
});

describe("panel operations", () => {
  const days = ["2026-01-06T09:00:00+00:00", "2026-01-05T09:00:00+00:00", "2026-01-07T09:00:00+00:00"];

  it("import markets of many times in order, with their risk factors as a history", async () => {
    const { call } = memoryCore();
    const outcome = await call("panel.import", { files: days.map(chain), name: "January" });
    expect(outcome.panel).toMatchObject({ name: "January", note: "3 markets, 2026-01-05 to 2026-01-07" });
    const { entries } = (await call("panel.get", { id: outcome.panel.id })).content;
    expect(entries.map(({ asOfMs }) => isoDate(asOfMs))).toEqual(["2026-01-05", "2026-01-06", "2026-01-07"]);
    for (const { asOfMs, marketId } of entries)
      expect((await call("market.get", { id: marketId })).content.asOfMs).toBe(asOfMs);
    const history = await call("history.get", { id: outcome.history?.id ?? "" });
    expect(history.content.series.find(({ factor }) => factor === "price:BTC")).toMatchObject({
      values: [99_900, 99_900, 99_900],
      source: "deribit market snapshots",
    });
    expect(history.content.series.find(({ factor }) => factor === "volatility:BTC:90d")?.values).toEqual([
      0.5, 0.5, 0.5,
    ]);
  });

  it("take a market that is stored already from the library, and leave out a second one of the same time", async () => {
    const { call } = memoryCore();
    const files = days.map(chain);
    await call("panel.import", { files, name: "one" });
    const again = await call("panel.import", {
      files: [...files, { ...chain(days[0] ?? ""), name: "copy.csv" }],
      name: "two",
    });
    expect(await call("market.list", {})).toHaveLength(3);
    expect(again.report.problems).toContainEqual(
      expect.objectContaining({ file: "copy.csv", rule: "a file is one market" }),
    );
  });

  it("keep nothing when no file is a market, or when cancelled", async () => {
    const { call, answer } = memoryCore();
    expect(await answer("panel.import", { files: [prices] })).toMatchObject({ failure: { reason: "missing-data" } });
    let pauses = 0;
    const cancelling = memoryCore({
      pause: async () => {
        pauses += 1;
        if (pauses === 12) await cancelling.dispatch({ operation: "job.cancel", input: { job: "p" } });
      },
    });
    const result = await cancelling.answer("panel.import", { files: days.map(chain) }, "p");
    expect(result).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
    for (const of of [call, cancelling.call]) {
      expect(await of("market.list", {})).toEqual([]);
      expect(await of("panel.list", {})).toEqual([]);
      expect(await of("history.list", {})).toEqual([]);
    }
  });

  it("are saved of stored markets, and delete them on request unless another panel has them", async () => {
    const { call, answer, ports } = memoryCore();
    const { panel } = await call("panel.import", { files: days.map(chain), name: "all", history: false });
    const ids = (await call("panel.get", { id: panel.id })).content.entries.map(({ marketId }) => marketId);
    const [first = "", second = ""] = ids;
    const two = await call("panel.save", { name: "two", marketIds: [second, first] });
    expect((await call("panel.get", { id: two.id })).content.entries.map(({ marketId }) => marketId)).toEqual([
      first,
      second,
    ]);
    await call("panel.rename", { id: two.id, name: "pair" });
    expect((await call("panel.list", {})).map(({ name }) => name).sort()).toEqual(["all", "pair"]);
    await call("panel.delete", { id: panel.id, markets: true });
    expect((await call("market.list", {})).map(({ id }) => id).sort()).toEqual([first, second].sort());
    const stored = ports.store.markets.get(first)?.content as MarketSnapshot;
    ports.store.markets.save({ id: "twin", name: "twin", note: "", savedAtMs: 1, content: stored });
    expect(await answer("panel.save", { name: "x", marketIds: [first, "twin"] })).toMatchObject({
      failure: { reason: "conflict" },
    });
  });
});
