import { describe, expect, it } from "vitest";
import type { MarginResult } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { unwrapped } from "../result-value.ts";
import { type CaseFile, caseFile } from "./case-file.ts";
import { linesOf } from "./expected-amount.ts";
import { rulebookOf, rulesOf, runCase } from "./run-case.ts";

const id = "derive-standard";
const option = (strike: number, optionType: "call" | "put") => ({
  ...{ kind: "option", underlying: "ETH", payoff: "linear", expiry: "2026-03-27T08:00:00Z", volatility: 0.6 },
  ...{ strike, optionType, forward: 3250 },
});
const book = (positions: object[], balances: object[] = [], date = "2026-01-21"): CaseFile =>
  caseFile.parse({
    ...{ title: "a small market", provenance: "own-computation", source: {}, date, tolerance: 0, expected: {} },
    market: {
      venue: "derive",
      indices: { ETH: 3200, TAO: 400, BTC: 98_000 },
      instruments: {
        "ETH-20260327-3000-P": option(3000, "put"),
        "ETH-20260327-2800-P": option(2800, "put"),
        "ETH-20260327-3500-C": option(3500, "call"),
        "ETH-PERP": { kind: "perpetual", underlying: "ETH", payoff: "linear", mark: 3201 },
        "TAO-PERP": { kind: "perpetual", underlying: "TAO", payoff: "linear", mark: 401 },
      },
    },
    portfolio: { positions, balances },
  });

async function run(content: CaseFile): Promise<MarginResult> {
  const methodology = catalog.get(id);
  if (methodology === undefined) throw new Error(`no methodology ${id}`);
  return unwrapped(await runCase(methodology, rulesOf(rulebookOf(id), content), content));
}

const amountIn = (result: MarginResult, line: string) => linesOf(result).find((found) => found.id === line)?.amount;

describe("options of one expiry", () => {
  it("need the premium when long: it is no margin", async () => {
    const result = await run(book([{ symbol: "ETH-20260327-3000-P", quantity: 2 }]));
    const value = amountIn(result, "cross/initial/options/ETH-2026-03-27/value");
    expect(value).toBeGreaterThan(0);
    expect(result.totals.initialUsd).toBe(value);
    expect(result.totals.maintenanceUsd).toBe(value);
  });

  it("need the largest loss of a spread where it is less than the short leg alone", async () => {
    const spread = [
      { symbol: "ETH-20260327-3000-P", quantity: -1 },
      { symbol: "ETH-20260327-2800-P", quantity: 1 },
    ];
    const result = await run(book(spread));
    expect(amountIn(result, "cross/initial/options/ETH-2026-03-27/loss")).toBe(200);
    expect(amountIn(result, "cross/initial/options/ETH-2026-03-27/smaller")).toBe(200);
    const alone = await run(book(spread.slice(0, 1)));
    expect(alone.totals.initialUsd).toBeGreaterThan(result.totals.initialUsd);
  });

  it("of a short call alone are charged one by one: its largest loss has no end", async () => {
    const result = await run(book([{ symbol: "ETH-20260327-3500-C", quantity: -1 }]));
    expect(amountIn(result, "cross/initial/options/ETH-2026-03-27/loss/unpaired")).toBe(1.2 * 3250);
    const spotRate = Math.max(0.15 - 300 / 3200, 0.13);
    expect(result.totals.initialUsd).toBeCloseTo(spotRate * 3200, 9);
  });
});

describe("markets", () => {
  it("come with their day: TAO has a perpetual from 2024-10-29", async () => {
    const positions = [
      { symbol: "ETH-PERP", quantity: 1 },
      { symbol: "TAO-PERP", quantity: 1 },
    ];
    const before = await run(book(positions, [], "2024-10-28"));
    expect(before.excluded.map(({ symbol, failure }) => [symbol, failure.message])).toEqual([
      ["TAO-PERP", "standard margin has no perpetual rates for TAO in this version"],
    ]);
    expect((await run(book(positions, [], "2024-10-29"))).excluded).toEqual([]);
  });

  it("share one account: coins of one back another, unknown coins are left out by name", async () => {
    const balances = [
      { currency: "USDC", equity: 1000 },
      { currency: "BTC", equity: 0.1 },
      { currency: "TAO", equity: 3 },
    ];
    const result = await run(book([{ symbol: "ETH-PERP", quantity: -1 }], balances));
    const [account] = result.accounts;
    expect(account?.marginBalance?.amount).toBe(1000 + 9800);
    expect(amountIn(result, "cross/maintenance/coins/BTC")).toBeCloseTo(9800 * 0.25, 9);
    expect(account?.surplus?.[1]?.amount).toBeCloseTo(1000 + 9800 * 0.75 - 3201 * 0.05, 9);
    expect(result.remarks.map(({ message }) => message)).toContain(
      "TAO: the rulebook has no margin factor; not counted as collateral",
    );
  });
});
