import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { History } from "../../../core/history/index.ts";
import { buildBook } from "../../../core/margin/index.ts";
import { defineMethodology } from "../../../core/methodology/index.ts";
import { at, daily } from "../history/series.ts";
import { caseFile, caseInputs } from "../methodology/case-file.ts";
import { unwrapped } from "../result-value.ts";

const given = caseFile.parse({
  title: "two perpetuals",
  provenance: "own-computation",
  source: { note: "no expected figures" },
  date: "2026-01-03",
  market: {
    indices: { BTC: 100, ETH: 10 },
    instruments: {
      "BTC-PERPETUAL": { kind: "perpetual", underlying: "BTC", mark: 100 },
      "ETH-PERPETUAL": { kind: "perpetual", underlying: "ETH", mark: 10 },
    },
  },
  portfolio: {
    positions: [
      { symbol: "BTC-PERPETUAL", quantity: 100 },
      { symbol: "ETH-PERPETUAL", quantity: 100 },
    ],
  },
  expected: {},
  tolerance: 0,
});

/** A method that needs the price history of each underlying. */
const needsPrices = unwrapped(
  defineMethodology({
    ...{ id: "example-history", title: "Example", venue: "example", accuracy: "exact", rules: z.strictObject({}) },
    requires: (positions) => positions.map(({ instrument }) => `history:price:${instrument.underlying}`),
    scenarios: () => [],
    charge: () => ({ accounts: [], remarks: [] }),
  }).under({}),
);

const bitcoin = daily("price:BTC", "2026-01-01", [90, 95, 100, 200]);
const warnings = [{ reason: "missing-data", message: "price:BTC: a day is missing" }] as const;
const history: History = { name: "prices", series: [bitcoin], warnings, sources: [] };
const inputs = { ...caseInputs(given), methodology: needsPrices };
// midnight of the third day
const { asOfMs } = inputs.market;

describe("buildBook with a history", () => {
  it("shows a methodology nothing after the market's time", () => {
    const { book } = unwrapped(buildBook({ ...inputs, history }));
    const seen = book.history?.series[0]?.timesMs ?? [];
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((ms) => ms <= asOfMs)).toBe(true);
    expect(bitcoin.timesMs.some((ms) => ms > asOfMs)).toBe(true);
  });

  it("excludes a position whose series is not in the history, and says which", () => {
    const { book, excluded } = unwrapped(buildBook({ ...inputs, history }));
    expect(book.positions.map(({ position }) => position.instrument.underlying)).toEqual(["BTC"]);
    expect(excluded).toMatchObject([
      {
        symbol: "ETH-PERPETUAL",
        failure: { reason: "missing-data", message: expect.stringContaining("prices has no price:ETH") },
      },
    ]);
  });

  it("refuses a book of which only a position of nothing could be valued: its margin would be 0 in silence", () => {
    const positions = inputs.portfolio.positions.map((position, place) =>
      place === 0 ? { ...position, quantity: 0 } : position,
    );
    const portfolio = { ...inputs.portfolio, positions };
    expect(buildBook({ ...inputs, portfolio, history })).toMatchObject({
      ok: false,
      failure: {
        reason: "missing-data",
        message: expect.stringContaining("cannot value the only position; ETH-PERPETUAL"),
      },
    });
  });

  it("excludes a position whose series begins after the market's time", () => {
    const later = { ...history, series: [...history.series, daily("price:ETH", "2026-01-10", [10])] };
    expect(unwrapped(buildBook({ ...inputs, history: later })).excluded).toHaveLength(1);
    const known = { ...history, series: [...history.series, daily("price:ETH", "2026-01-01", [10])] };
    expect(unwrapped(buildBook({ ...inputs, history: known })).excluded).toEqual([]);
    expect(at("2026-01-10")).toBeGreaterThan(asOfMs);
  });

  it("is refused without a history when the method needs one for every position", () => {
    const result = buildBook(inputs);
    expect(result).toMatchObject({ ok: false, failure: { reason: "missing-data" } });
    expect(!result.ok && result.failure.message).toContain("needs a history with price:BTC; the request names none");
  });

  it("hands on the warnings of the history only to a method that uses it", () => {
    expect(unwrapped(buildBook({ ...inputs, history })).historyWarnings).toEqual(["price:BTC: a day is missing"]);
    const indifferent = { ...needsPrices, requires: () => [] };
    expect(unwrapped(buildBook({ ...inputs, history, methodology: indifferent })).historyWarnings).toEqual([]);
  });
});
