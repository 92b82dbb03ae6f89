import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { yearsBetween } from "../../../core/base/index.ts";
import type { MarketSnapshot } from "../../../core/market/index.ts";
import { blackValue } from "../../../core/pricing/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { diskFile, imported } from "../import/files.ts";

interface Errors {
  readonly parity: number[];
  readonly reported: number[];
}

/** Errors of Black-76 with the row's volatility against the row's mark, coin, on the parity and on the reported forward. */
function addErrors(snapshot: MarketSnapshot, byKind: Map<string, Errors>): void {
  const expiryOf = (of: { underlying: string; expiryMs: number }) => `${of.underlying} ${of.expiryMs}`;
  const forwards = new Map(snapshot.forwards.map((forward) => [expiryOf(forward), forward.value]));
  for (const { instrument, mark, markVolatility, underlyingPrice, underlyingName } of snapshot.quotes) {
    if (instrument.kind !== "option" || mark === undefined || markVolatility === undefined) continue;
    const forward = forwards.get(expiryOf(instrument));
    if (forward === undefined || underlyingPrice === undefined) continue;
    const years = yearsBetween(snapshot.asOfMs, instrument.expiryMs);
    const error = (f: number) =>
      Math.abs(blackValue(f, instrument.strike, years, markVolatility, instrument.optionType === "call") / f - mark);
    const kind = underlyingName?.startsWith("SYN") ? "SYN" : underlyingName === "index_price" ? "index_price" : "named";
    const key = `${instrument.underlying} ${kind}`;
    const errors = byKind.get(key) ?? { parity: [], reported: [] };
    byKind.set(key, errors);
    errors.parity.push(error(forward));
    errors.reported.push(error(underlyingPrice));
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
}

describeWithSharedData("a real chain of deribit-chains-2026", (path) => {
  const load = async (name: string) =>
    (await imported(diskFile(path("deribit-chains-2026", name)))).market as MarketSnapshot;

  it("has the parity forwards of the worked example", async () => {
    const { forwards } = await load("deribit_options_snapshot_20260104T091350Z.csv.gz");
    const march = forwards.find(
      ({ underlying, expiryMs }) => underlying === "BTC" && expiryMs === Date.UTC(2026, 2, 27, 8),
    );
    /** resources/docs/formats.md, section 7.3: K = 90000, 92000, 95000 give 92331.5006, 92331.4996, 92331.5005. */
    expect(Math.abs((march?.value ?? 0) - 92331.5)).toBeLessThan(0.002);
    expect(march?.method).toBe("parity");
    expect(march?.residual).toBeLessThan(1e-6);
  });

  /** README of the folder, table "error with parity forward": median a kind, and the largest 99th percentile of the currency. */
  const stated = [
    ["BTC named", 1.2e-6, 5.8e-5],
    ["BTC SYN", 7.1e-7, 5.8e-5],
    ["BTC index_price", 2.0e-7, 5.8e-5],
    ["ETH named", 1.6e-6, 1.1e-4],
    ["ETH SYN", 2.4e-6, 1.1e-4],
    ["ETH index_price", 1.8e-6, 1.1e-4],
  ] as const;
  it("has its marks reproduced within the stated fit, in every 12th file", async () => {
    const folder = readdirSync(path("deribit-chains-2026")).filter((name) => name.startsWith("deribit_options"));
    const byKind = new Map<string, Errors>();
    for (const name of folder.filter((_, i) => i % 12 === 0)) addErrors(await load(name), byKind);
    for (const [kind, median, p99] of stated) {
      const { parity = [], reported = [] } = byKind.get(kind) ?? {};
      expect(parity.length, kind).toBeGreaterThan(900);
      expect(quantile(parity, 0.5), kind).toBeLessThanOrEqual(median);
      expect(quantile(parity, 0.99), kind).toBeLessThanOrEqual(p99);
      expect(quantile(parity, 0.5), kind).toBeLessThan(quantile(reported, 0.5));
    }
  });

  it("says that the file of 2026-02-06 is torn, and that a quiet one is not", async () => {
    const torn = (snapshot: MarketSnapshot) => snapshot.warnings.filter(({ message }) => message.startsWith("torn"));
    const fast = torn(await load("deribit_options_snapshot_20260206T043012Z.csv.gz")).map(({ message }) => message);
    /** Own count over the files: "in a fast file 26 of 942 Deribit pairs differ". */
    expect(fast.join()).toContain("26 of 942 strikes have different mark volatilities");
    expect(fast.join()).toContain("BTC index moves by 24.2 basis points");
    expect(torn(await load("deribit_options_snapshot_20260104T091350Z.csv.gz"))).toEqual([]);
  });
});

/** Recomputed from the file of 2026-01-04: symbol, T, F, σ, B76/F. */
const worked = [
  ["BTC-27MAR26-100000-C", 0.224517057, 92331.48, 100000, 0.4289, 0.0491582],
  ["BTC-30JAN26-85000-P", 0.071092399, 91620.45, 85000, 0.4429, 0.01809565],
  ["ETH-26JUN26-4000-C", 0.473832125, 3192.93, 4000, 0.6392, 0.09439417],
] as const;
it.each(worked)("worked example %s: T and the model mark", async (symbol, years, forward, strike, sigma, mark) => {
  const { market } = await imported({
    name: "ticker.json",
    bytes: new TextEncoder().encode(
      JSON.stringify({
        instrument_name: symbol,
        mark_price: mark,
        best_bid_price: 0,
        timestamp: Date.UTC(2026, 0, 4, 9, 13, 50, 98),
      }),
    ),
  });
  const instrument = market?.quotes[0]?.instrument;
  const expiry = instrument !== undefined && "expiryMs" in instrument ? instrument.expiryMs : 0;
  expect(yearsBetween(market?.asOfMs ?? 0, expiry)).toBeCloseTo(years, 9);
  expect(blackValue(forward, strike, years, sigma, symbol.endsWith("C")) / forward).toBeCloseTo(mark, 8);
});
