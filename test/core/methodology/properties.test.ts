import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MarginRun, runMargin } from "../../../core/margin/index.ts";
import { catalog, type Methodology } from "../../../core/methodology/index.ts";
import type { Position, PositionId } from "../../../core/portfolio/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { unwrapped } from "../result-value.ts";
import { caseFile, caseInputs } from "./case-file.ts";
import { linesOf } from "./expected-amount.ts";
import { madeHistory } from "./made-history.ts";
import { rulebookOf } from "./run-case.ts";

const option = (strike: number, optionType: string, more: object = {}) => ({
  ...{ kind: "option", underlying: "BTC", expiry: "2026-10-30T08:00:00Z", volatility: 0.55, forward: 100_500 },
  ...{ strike, optionType, ...more },
});
const eth = { underlying: "ETH", forward: 4020, expiry: "2026-12-25T08:00:00Z" };
const linear = { payoff: "linear", forward: 100_400 };
const { market, portfolio } = caseInputs(
  caseFile.parse({
    title: "a small market",
    provenance: "own-computation",
    source: {},
    date: "2026-10-01",
    market: {
      indices: { BTC: 100_000, ETH: 4000 },
      instruments: {
        "BTC-PERPETUAL": { kind: "perpetual", underlying: "BTC", mark: 100_010 },
        "BTC-25DEC26": { kind: "future", underlying: "BTC", mark: 101_000, expiry: "2026-12-25T08:00:00Z" },
        "ETH-PERPETUAL": { kind: "perpetual", underlying: "ETH", mark: 4001 },
        "BTC_USDC-PERPETUAL": { kind: "perpetual", underlying: "BTC", payoff: "linear", mark: 100_020 },
        "BTC-30OCT26-90000-P": option(90_000, "put"),
        "BTC-30OCT26-100000-C": option(100_000, "call"),
        "BTC-30OCT26-130000-C": option(130_000, "call"),
        "BTC-2OCT26-100000-P": option(100_000, "put", { expiry: "2026-10-02T08:00:00Z", forward: 100_020 }),
        "ETH-25DEC26-4500-C": option(4500, "call", eth),
        "BTC_USDC-30OCT26-95000-P": option(95_000, "put", linear),
      },
    },
    portfolio: { positions: [] },
    expected: {},
    tolerance: 0,
  }),
);
const factors = ["price:BTC", "price:ETH", "volatility:BTC:30d", "volatility:ETH:30d"];
const history = madeHistory(factors, "2020-01-01", "2026-10-01");
const instruments = market.quotes.map(({ instrument }) => instrument);

/** Books of up to eight positions; futures in thousands of USD, everything else in units. */
const books = fc
  .array(fc.tuple(fc.nat({ max: instruments.length - 1 }), fc.integer({ min: -400, max: 400 })), { maxLength: 8 })
  .map((held) =>
    held.flatMap(([which, size], index): Position[] => {
      const instrument = instruments[which];
      if (instrument === undefined) return [];
      const inUsd = instrument.payoff === "inverse" && instrument.kind !== "option";
      return [{ id: `p${index}` as PositionId, instrument, quantity: inUsd ? size * 5000 : size / 10 }];
    }),
  );

const totalsOf = async (methodology: Methodology, positions: readonly Position[]) => {
  const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { date: "2026-10-01" }));
  // A book of positions the venue does not margin is refused with the reason: no property of amounts to check.
  const { excludes } = unwrapped(methodology.under(rules.parameters));
  const margined = positions.filter((position) => excludes(position) === undefined);
  const run: MarginRun = { portfolio: { ...portfolio, positions: margined }, market, history, methodology, rules };
  return unwrapped(await runMargin(run));
};
/** Books tried: few where each is revalued in thousands of scenarios. */
const runsOf = (methodology: Methodology, count: number): number => {
  const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { date: "2026-10-01" }));
  const { requires, excludes } = unwrapped(methodology.under(rules.parameters));
  const held = instruments.map((instrument): Position => ({ id: "p" as PositionId, instrument, quantity: 1 }));
  const margined = held.filter((position) => excludes(position) === undefined);
  return requires(margined).some((name) => name.startsWith("history:")) ? count / 10 : count;
};
const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1000, Math.abs(a));

describe.each([...catalog.values()])("any book under $id", (methodology) => {
  it("has finite amounts, no negative requirement, and initial at least maintenance", async () => {
    await fc.assert(
      fc.asyncProperty(books, async (positions) => {
        const result = await totalsOf(methodology, positions);
        expect(linesOf(result).every(({ amount }) => Number.isFinite(amount))).toBe(true);
        const { initialUsd, maintenanceUsd } = result.totals;
        expect(maintenanceUsd).toBeGreaterThanOrEqual(0);
        expect(initialUsd).toBeGreaterThanOrEqual(maintenanceUsd * (1 - 1e-12));
      }),
      { numRuns: runsOf(methodology, 60), seed: 20261122 },
    );
  });

  it("needs the same in any order and when positions are split", async () => {
    await fc.assert(
      fc.asyncProperty(books, fc.double({ min: 0.1, max: 0.9, noNaN: true }), async (positions, share) => {
        const { totals } = await totalsOf(methodology, positions);
        const parts = positions.flatMap((position) =>
          [share, 1 - share].map((part) => ({
            ...position,
            id: `${position.id} ${part}` as PositionId,
            quantity: position.quantity * part,
          })),
        );
        for (const other of [[...positions].reverse(), parts]) {
          const again = await totalsOf(methodology, other);
          expect(close(again.totals.initialUsd, totals.initialUsd)).toBe(true);
          expect(close(again.totals.maintenanceUsd, totals.maintenanceUsd)).toBe(true);
        }
      }),
      { numRuns: runsOf(methodology, 40), seed: 20261122 },
    );
  });

  it("needs the same with positions of nothing beside it", async () => {
    await fc.assert(
      fc.asyncProperty(books, books, async (positions, others) => {
        const { totals } = await totalsOf(methodology, positions);
        const nothing = others.map((one) => ({ ...one, id: `${one.id} of nothing` as PositionId, quantity: 0 }));
        const again = await totalsOf(methodology, [...positions, ...nothing]);
        expect(close(again.totals.initialUsd, totals.initialUsd)).toBe(true);
        expect(close(again.totals.maintenanceUsd, totals.maintenanceUsd)).toBe(true);
      }),
      { numRuns: runsOf(methodology, 30), seed: 20261122 },
    );
  });

  it("needs nothing when every position is held both ways", async () => {
    await fc.assert(
      fc.asyncProperty(books, async (positions) => {
        const back = positions.map((position) => ({
          ...position,
          id: `${position.id} back` as PositionId,
          quantity: -position.quantity,
        }));
        const { totals } = await totalsOf(methodology, [...positions, ...back]);
        expect(Math.abs(totals.initialUsd)).toBeLessThan(1e-3);
      }),
      { numRuns: runsOf(methodology, 30), seed: 20261122 },
    );
  });
});
