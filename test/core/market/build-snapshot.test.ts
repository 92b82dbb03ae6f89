import { describe, expect, it } from "vitest";
import { buildSnapshot, type Quote } from "../../../core/market/index.ts";
import { chain, now, quote } from "./quotes.ts";

const snapshotOf = (quotes: readonly Quote[]) =>
  buildSnapshot({ name: "test", venue: "deribit", asOfMs: now, quotes, sources: [] });
const strikes = [80000, 85000, 90000, 92000, 95000, 100000];
const inverse = chain("BTC-27MAR26", strikes, 92331.5, 0.43);
const torn = (quotes: readonly Quote[]) =>
  snapshotOf(quotes)
    .warnings.map(({ message }) => message)
    .filter((message) => message.startsWith("torn snapshot"));

describe("forwards of a snapshot", () => {
  it("come from parity where marks allow it, for inverse and linear options of one underlying apart", () => {
    const { forwards } = snapshotOf([...inverse, ...chain("BTC_USDC-27MAR26", strikes, 92300, 0.43)]);
    expect(forwards.map(({ quote: currency, method, pairs }) => [currency, method, pairs])).toEqual([
      ["USD", "parity", 6],
      ["USDC", "parity", 6],
    ]);
    expect(forwards[0]?.value).toBeCloseTo(92331.5, 2);
    expect(forwards[1]?.value).toBeCloseTo(92300, 9);
    expect(forwards[0]?.residual).toBeLessThan(2e-8);
  });
  it("ignore zero marks: they are rounded, not priced", () => {
    const calls = inverse.map((row) =>
      "optionType" in row.instrument && row.instrument.optionType === "put" ? { ...row, mark: 0 } : row,
    );
    const { forwards } = snapshotOf([...calls, quote("BTC-27MAR26", { mark: 92331 })]);
    expect(forwards).toMatchObject([{ method: "future", value: 92331, pairs: 0 }]);
  });

  const single = { mark: 0.05, markVolatility: 0.43 };
  const fallbacks = [
    [
      "future",
      [quote("BTC-27MAR26", { mark: 92331 })],
      { underlyingPrice: 92000, underlyingName: "SYN.BTC-27MAR26" },
      92331,
    ],
    ["reported", [], { underlyingPrice: 92000, underlyingName: "SYN.BTC-27MAR26" }, 92000],
    ["index", [quote("BTC-PERPETUAL", { mark: 91500, indexPrice: 91400 })], {}, 91400],
    ["index", [], { underlyingPrice: 91300, underlyingName: "index_price" }, 91300],
  ] as const;
  it.each(fallbacks)("fall back to the %s and say so", (method, others, fields, value) => {
    const { forwards, warnings } = snapshotOf([quote("BTC-27MAR26-90000-C", { ...single, ...fields }), ...others]);
    expect(forwards).toMatchObject([{ method, value }]);
    const [own] = warnings.filter(({ at }) => at === "BTC 2026-03-27");
    expect(own?.reason).toBe("missing-data");
    expect(own?.message.includes("the basis is ignored")).toBe(method === "index");
  });
  it("are absent, with a warning, when nothing is known", () => {
    const { forwards, warnings } = snapshotOf([quote("BTC-27MAR26-90000-C", single)]);
    expect(forwards).toEqual([]);
    expect(warnings.map(({ message }) => message).join()).toContain("no forward can be found");
  });
  it("of an expiry with a future and no options are the future's mark, without a warning", () => {
    const { forwards, warnings } = snapshotOf([quote("BTC-27MAR26", { mark: 92331, indexPrice: 91400 })]);
    expect(forwards).toMatchObject([{ quote: "USD", method: "future", value: 92331, pairs: 0 }]);
    expect(warnings).toEqual([]);
  });
  it("are not made for expiries that have passed", () => {
    const { forwards, smiles, warnings, quotes } = snapshotOf(chain("BTC-2JAN26", strikes, 91000, 0.4));
    expect([forwards, smiles, quotes.length]).toEqual([[], [], 12]);
    expect(warnings.map(({ message }) => message).join()).toContain("12 rows are of options that had expired");
  });
});

describe("the index of a snapshot", () => {
  it("is the median of the quoted ones", () => {
    const quoted = inverse.map((row, i) => ({ ...row, indexPrice: 91250 + i / 100 }));
    expect(snapshotOf(quoted).indices).toEqual([{ underlying: "BTC", price: 91250.055, source: "quoted" }]);
  });
  it("is the perpetual's mark, else the nearest future's, else the nearest reported forward, each with a warning", () => {
    const futures = [quote("BTC-27MAR26", { mark: 92331 }), quote("BTC-30JAN26", { mark: 91600 })];
    const perpetual = snapshotOf([...futures, quote("BTC-PERPETUAL", { mark: 91500 })]);
    expect(perpetual.indices).toEqual([{ underlying: "BTC", price: 91500, source: "perpetual" }]);
    expect(perpetual.warnings[0]?.message).toContain("perpetual's mark is used as index");
    expect(snapshotOf(futures).indices).toEqual([{ underlying: "BTC", price: 91600, source: "future" }]);
    const reported = snapshotOf([quote("ETH-27MAR26-3000-C", { mark: 0.1, underlyingPrice: 3100 })]);
    expect(reported.indices).toEqual([{ underlying: "ETH", price: 3100, source: "future" }]);
    expect(reported.warnings[0]?.message).toContain("reported forward of 2026-03-27 is used as index");
  });
  it("is what the caller gives, before anything quoted", () => {
    const given = [{ underlying: "BTC", price: 90000, source: "set" as const }];
    const quotes = [quote("BTC-PERPETUAL", { mark: 91500, indexPrice: 91400 })];
    expect(
      buildSnapshot({ name: "", venue: "deribit", asOfMs: now, quotes, indices: given, sources: [] }).indices,
    ).toEqual(given);
  });
});

describe("the smile of an expiry", () => {
  it("takes the option out of the money where call and put differ, strikes ascending", () => {
    const skewed = inverse.map((row) =>
      "optionType" in row.instrument && row.instrument.optionType === "put" ? { ...row, markVolatility: 0.5 } : row,
    );
    const [smile] = snapshotOf([...skewed].reverse()).smiles;
    expect(smile?.points.map(({ strike }) => strike)).toEqual(strikes);
    expect(smile?.points.map(({ volatility }) => volatility)).toEqual([0.5, 0.5, 0.5, 0.5, 0.43, 0.43]);
  });
});

describe("a torn snapshot", () => {
  it("is not seen in rows of one instant", () => expect(torn(inverse)).toEqual([]));
  it("is seen by times far apart", () => {
    const rows = inverse.map((row, i) => ({ ...row, timestampMs: now + i * 15_000 }));
    expect(torn(rows)).toEqual(["torn snapshot: the rows were taken over 165 s"]);
    const apart = inverse.map((row, i) => ({ ...row, timestampMs: now - (i % 2) * 126 * 86_400_000 }));
    expect(torn(apart)).toContain("torn snapshot: the rows were taken over 126 days");
  });
  it("is seen by an index that moves inside the rows", () => {
    const rows = inverse.map((row, i) => ({ ...row, indexPrice: 90000 + i * 10 }));
    expect(torn(rows)).toEqual(["torn snapshot: the BTC index moves by 12.2 basis points inside the rows"]);
  });
  it("is seen by forwards of single strikes that disagree by more than a basis point", () => {
    const other = chain("BTC-27MAR26", [95000], 92351.5, 0.43);
    const rows = inverse.filter(({ instrument }) => !("strike" in instrument) || instrument.strike !== 95000);
    expect(torn([...rows, ...other])).toEqual([
      "torn snapshot: parity forwards of single strikes disagree in 1 of 1 expiries (basis points: BTC 2026-03-27 2.2)",
    ]);
  });
  it("is not seen where rounded marks explain the difference of the forwards", () => {
    const rows = inverse.map((row) => ({ ...row, mark: Math.round((row.mark ?? 0) * 1e4) / 1e4 }));
    expect(torn(rows)).toEqual([]);
  });
  it("is seen by calls and puts of one strike with different volatilities", () => {
    const rows = inverse.map((row, i) => (i === 0 ? { ...row, markVolatility: 0.44 } : row));
    expect(torn(rows)).toEqual(["torn snapshot: 1 of 6 strikes have different mark volatilities for call and put"]);
  });
});

describe("rounded marks", () => {
  it("serve the parity forward and are then dropped where a volatility is known", () => {
    const rows = inverse.map((row) => ({ ...row, markRounded: true as const }));
    const snapshot = snapshotOf([...rows, quote("BTC-27MAR26-70000-C", { mark: 0.25, markRounded: true })]);
    expect(snapshot.forwards[0]?.method).toBe("parity");
    expect(snapshot.quotes.map(({ mark }) => mark)).toEqual([...inverse.map(() => undefined), 0.25]);
  });
});
