import { z } from "zod";
import { sum } from "../../../core/base/index.ts";
import { defineMethodology, lines, usdPerUnit } from "../../../core/methodology/index.ts";
import type { ResolvedRules } from "../../../core/rulebook/index.ts";
import { priceVolatilityGrid } from "../../../core/scenario/index.ts";

/** A methodology for tests: each settlement currency pays its worst scenario and a rate on the option value held short. */
export const tinyMethodology = defineMethodology({
  id: "test-tiny",
  title: "Worst scenario of a small grid",
  venue: "test",
  accuracy: "exact",
  rules: z.strictObject({ moves: z.array(z.number().gt(-1)), volatilityUp: z.number() }),
  requires: () => [],
  scenarios: ({ rules }) => [
    {
      id: "grid",
      repricer: "model",
      scenarios: priceVolatilityGrid(rules.moves, [
        { id: "same" },
        { id: "up", volatility: { change: rules.volatilityUp, mode: "relative" } },
      ]),
    },
  ],
  charge({ book, cube }) {
    const { scenarios, values, rowOf } = cube("grid");
    const currencies = [...new Set(book.positions.map(({ position }) => position.instrument.settlement))].sort();
    const accounts = currencies.map((currency) => {
      const { leaf, loss, product } = lines(currency);
      const held = book.positions.filter(({ position }) => position.instrument.settlement === currency);
      const profits = scenarios.map((_, column) =>
        sum(
          held.map(({ position }) => {
            const row = rowOf.get(position.instrument.id) ?? Number.NaN;
            return position.quantity * (values[row * scenarios.length + column] ?? Number.NaN);
          }),
        ),
      );
      const worst = profits.indexOf(Math.min(...profits));
      const initial = loss(`${currency}/initial`, "Initial margin", "1", [
        leaf(`${currency}/worst`, "Worst scenario", profits[worst] ?? Number.NaN, "1.1"),
      ]);
      const balance = book.balances.find((candidate) => candidate.currency === currency);
      const marginBalance = balance?.marginBalance ?? balance?.equity;
      return {
        id: currency,
        unit: currency,
        usdPerUnit: usdPerUnit(book.indices, currency),
        initial,
        maintenance: product(`${currency}/maintenance`, "Maintenance", "2", 0.8, "share", initial),
        ...(marginBalance === undefined
          ? {}
          : { marginBalance: leaf(`${currency}/balance`, "Margin balance", marginBalance, "3") }),
        matrices: [
          {
            setId: "grid",
            title: "grid",
            unit: currency,
            cells: scenarios.map(({ id, label, priceMove }, column) => ({
              ...{ scenarioId: id, label, priceMove, volatility: id.split("/")[1] ?? "", group: "standard" },
              beforeOffsets: profits[column] ?? 0,
              amount: profits[column] ?? 0,
            })),
            ...(initial.amount > 0 ? { bindingScenarioId: scenarios[worst]?.id ?? "" } : {}),
          },
        ],
      };
    });
    return { accounts, remarks: [] };
  },
});

export const tinyRules: ResolvedRules = {
  methodology: "test-tiny",
  version: "one",
  effectiveFrom: "2026-01-01",
  source: { title: "test", url: "", retrieved: "2026-01-01" },
  parameters: { moves: [-0.16, -0.08, 0, 0.08, 0.16], volatilityUp: 0.4 },
  parametersHash: "0",
  overrides: [],
  cites: {},
  uncertain: {},
};
