import { describe, expect, it } from "vitest";
import { instrumentId } from "../../../core/instrument/index.ts";
import { runMargin } from "../../../core/margin/index.ts";
import { bracketMargin } from "../../../core/methodology/binance-unified/bracket-margin.ts";
import { catalog } from "../../../core/methodology/index.ts";
import type { Portfolio, Position, PositionId } from "../../../core/portfolio/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { unwrapped } from "../result-value.ts";
import { rulebookOf } from "./run-case.ts";

describe("bracketMargin", () => {
  const brackets = {
    firstRate: 0.004,
    steps: [
      { from: 50_000, rate: 0.005 },
      { from: 500_000, rate: 0.01 },
    ],
  };
  /** The illustration of resources/docs/methodology/binance-unified.md, section 6: cumulative amounts 0, 50 and 2,550. */
  it.each([
    [30_000, 120, 0],
    [300_000, 1450, 50],
    [1_200_000, 9450, 2550],
  ])("of %d is %d with a cumulative amount of %d", (size, amount, cumulative) => {
    const found = bracketMargin(brackets, size);
    expect(found.amount).toBeCloseTo(amount, 9);
    expect(found.cumulative).toBeCloseTo(cumulative, 9);
  });
  it("has no step at the edges", () => {
    for (const edge of [50_000, 500_000])
      expect(bracketMargin(brackets, edge).amount).toBeCloseTo(bracketMargin(brackets, edge * (1 - 1e-12)).amount, 6);
  });
});

describe("binance-unified", () => {
  const methodology = catalog.get("binance-unified");
  const contract = {
    venue: "binance",
    underlying: "BTC",
    quote: "USDT",
    payoff: "linear",
    settlement: "USDT",
  } as const;
  const perpetual = (symbol: string) => ({
    kind: "perpetual" as const,
    id: instrumentId("binance", symbol),
    symbol,
    ...contract,
  });
  const held = (symbol: string, stated: Position["stated"]): Position => ({
    ...{ id: symbol as PositionId, instrument: perpetual(symbol), quantity: 2 },
    ...(stated === undefined ? {} : { stated }),
  });
  const run = async (name: string, positions: readonly Position[], more: Partial<Portfolio> = {}) => {
    if (methodology === undefined) throw new Error("binance-unified is not in the catalogue");
    const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { name }));
    const portfolio = { name: "p", venue: "binance", positions, balances: [], components: [], sources: [], ...more };
    const index = { underlying: "BTC", price: 60_000, source: "quoted" as const };
    const market = {
      ...{ name: "m", venue: "binance", asOfMs: Date.UTC(2025, 5, 1), indices: [index], forwards: [], smiles: [] },
      ...{ quotes: positions.map(({ instrument }) => ({ instrument, mark: 60_000 })), warnings: [], sources: [] },
    };
    return runMargin({ portfolio, market, methodology, rules });
  };

  it("takes the margin the venue stated where it has no brackets, marks it, and leaves out what states none", async () => {
    const result = unwrapped(
      await run("pro-2024", [held("BTCUSDT", { maintenanceMargin: 345 }), held("BTCUSDC", undefined)]),
    );
    expect(result.totals.maintenanceUsd).toBe(345);
    expect(result.accounts[0]?.maintenance.children[0]?.children[0]?.children[0]).toMatchObject({ basis: "imported" });
    expect(result.excluded.map(({ symbol, failure }) => [symbol, failure.reason])).toEqual([
      ["BTCUSDC", "not-applicable"],
    ]);
    expect(result.remarks.map(({ message }) => message).join("\n")).toContain("follows neither price nor size");
  });
  it("refuses a book without brackets and stated margins, and says what to do", async () => {
    const refused = await run("pro-2024", [held("BTCUSDT", undefined)]);
    expect(refused.ok ? "" : refused.failure.message).toContain(
      "no brackets for BTCUSDT or BTC-linear: enter those of",
    );
  });
  it("cannot compute Pro SPAN: without imported risk units the result is unsupported, with them approximate", async () => {
    const positions = [held("BTCUSDT", undefined)];
    const bare = unwrapped(await run("pro-span", positions));
    expect([bare.totals.maintenanceUsd, bare.accuracy]).toEqual([0, "unsupported"]);
    const unit = {
      id: "risk-unit-maintenance",
      currency: "USD",
      underlying: "BTC",
      amount: 500,
      basis: "imported",
    } as const;
    const imported = unwrapped(await run("pro-span", positions, { components: [unit] }));
    expect([imported.totals.maintenanceUsd, imported.accuracy]).toEqual([500, "approximate"]);
  });
  it("names the status the ratio has reached", async () => {
    const balances = [{ currency: "USD", equity: 1100, basis: "set" as const }];
    const result = unwrapped(await run("pro-2024", [held("BTCUSDT", { maintenanceMargin: 1000 })], { balances }));
    const ratio = result.accounts[0]?.ratios?.[0];
    expect(ratio?.amount).toBeCloseTo(1.1, 12);
    expect(ratio?.inputs).toContainEqual({ label: "status", value: "REDUCE_ONLY" });
  });
});
