import { z } from "zod";
import { type Instrument, instrumentId } from "../../../../core/instrument/index.ts";
import type { MarketSnapshot } from "../../../../core/market/index.ts";
import { defineMethodology, lines } from "../../../../core/methodology/index.ts";
import type { Portfolio, PositionId } from "../../../../core/portfolio/index.ts";
import type { ResolvedRules } from "../../../../core/rulebook/index.ts";
import { market as sample } from "../sample-market.ts";

const contract = (underlying: string): Instrument => ({
  ...{ venue: "deribit", underlying, quote: "USDC", payoff: "linear", settlement: "USDC", kind: "perpetual" },
  ...{ id: instrumentId("deribit", `${underlying}_USDC-PERPETUAL`), symbol: `${underlying}_USDC-PERPETUAL` },
});

/** Marks: 100 each. */
export const market: MarketSnapshot = {
  ...sample,
  indices: [
    { underlying: "AAA", price: 100, source: "quoted" },
    { underlying: "BBB", price: 100, source: "quoted" },
  ],
  quotes: [
    { instrument: contract("AAA"), mark: 100 },
    { instrument: contract("BBB"), mark: 100 },
  ],
  forwards: [],
  smiles: [],
};

/** Long 10 of one, short 8 of the other: the net value at moves x and y is 1,000·(1 + x) − 800·(1 + y). */
export const portfolio: Portfolio = {
  name: "two perpetuals",
  venue: "deribit",
  positions: [
    { id: "a" as PositionId, instrument: contract("AAA"), quantity: 10 },
    { id: "b" as PositionId, instrument: contract("BBB"), quantity: -8 },
  ],
  balances: [{ currency: "USDC", equity: 500, basis: "imported" }],
  components: [],
  sources: [],
};

/** Charges 20 % of the net value, down or up, and no less than the floor. */
export const netMethodology = defineMethodology({
  id: "test-net",
  title: "A fall or a rise of everything, at least a floor",
  venue: "test",
  accuracy: "exact",
  rules: z.strictObject({ floor: z.number() }),
  requires: () => [],
  scenarios: () => [
    {
      id: "net",
      repricer: "model",
      scenarios: [
        { id: "down", label: "down", priceMove: -0.2 },
        { id: "up", label: "up", priceMove: 0.2 },
      ],
    },
  ],
  charge({ book, cube, rules }) {
    const { scenarios, values, rowOf } = cube("net");
    const profits = scenarios.map((_, column) =>
      book.positions.reduce((total, { position: { instrument, quantity } }) => {
        const row = rowOf.get(instrument.id) ?? Number.NaN;
        return total + quantity * (values[row * scenarios.length + column] ?? Number.NaN);
      }, 0),
    );
    const worst = profits.indexOf(Math.min(...profits));
    const { leaf, max, product } = lines("USDC");
    const initial = max("initial", "Initial margin", "1", [
      leaf("worst", "Worst move", -(profits[worst] ?? Number.NaN), "1.1"),
      leaf("floor", "Floor", rules.floor, "1.2", { component: "floor" }),
    ]);
    const account = {
      ...{ id: "USDC", unit: "USDC", usdPerUnit: 1, initial },
      maintenance: product("maintenance", "Maintenance", "2", 0.5, "share", initial),
      marginBalance: leaf("balance", "Margin balance", book.balances[0]?.equity ?? 0, "3"),
      matrices: [
        {
          ...{ setId: "net", title: "net", unit: "USDC" },
          cells: scenarios.map(({ id, label, priceMove }, column) => ({
            ...{ scenarioId: id, label, priceMove, volatility: "same", group: "standard" },
            ...{ beforeOffsets: profits[column] ?? 0, amount: profits[column] ?? 0 },
          })),
          bindingScenarioId: scenarios[worst]?.id ?? "",
        },
      ],
    };
    return { accounts: [account], remarks: [] };
  },
});

export const netRules = (floor: number): ResolvedRules => ({
  ...{ methodology: "test-net", version: "one", effectiveFrom: "2026-01-01" },
  source: { title: "test", url: "", retrieved: "2026-01-01" },
  parameters: { floor },
  ...{ parametersHash: "0", overrides: [], cites: {}, uncertain: {} },
});
