import type { AccountResult, Decomposition, MarginResult } from "../../../renderer/client/types.ts";
import { line, smallResult } from "./small-result.ts";

const cell = (rank: number, scenarioId: string, amount: number) => ({
  scenarioId,
  label: `${scenarioId}: BTC -10 %, ETH +2.5 %`,
  priceMove: -0.1,
  volatility: `rank ${rank}`,
  group: "standard",
  beforeOffsets: amount,
  amount,
});

export const tailMatrix = {
  setId: "current",
  title: "Worst 3 of 500 scenarios",
  unit: "USD",
  cells: [cell(1, "2026-02-05", -300), cell(2, "2025-08-13", -200), cell(3, "2026-01-20", -100)],
  bindingScenarioId: "2025-08-13",
};

/** 0.75 × 300 + 0.25 × 200 = 275. */
export const tailScenarios: Decomposition = {
  id: "current/tail-scenario/scenario",
  title: "Scenarios that make the ES",
  kind: "tail-scenario",
  lineId: "cross/initial/measure",
  measure: 275,
  unit: "USD",
  rule: "9",
  setId: "current",
  entries: [
    { label: "2026-02-05: BTC -10 %", scenarioId: "2026-02-05", weight: 0.75, amount: 300 },
    { label: "2025-08-13: BTC -10 %", scenarioId: "2025-08-13", weight: 0.25, amount: 200 },
  ],
  sum: 275,
  sums: true,
};

export const components: Decomposition = {
  ...tailScenarios,
  id: "current/component/position",
  title: "Component ES by position",
  kind: "component",
  entries: [
    { label: "hedge", amount: -25, group: "BTC" },
    { label: "short call", amount: 300, group: "BTC" },
  ],
};

export const tailAccount: AccountResult = {
  id: "cross",
  unit: "USD",
  usdPerUnit: 1,
  initial: line("cross/initial", 275, {
    unit: "USD",
    combine: { kind: "sum" },
    children: [
      line("cross/initial/measure", 275, {
        unit: "USD",
        label: "Expected shortfall, 97.5 %",
        inputs: [
          { label: "confidence", value: 0.975, parameter: "/measure/confidence" },
          { label: "from", value: "2024-11-20" },
          { label: "to", value: "2026-11-19" },
          { label: "standard error of ES", value: 12.5, unit: "USD" },
          { label: "loss in 2026-02-05, weight 0.75", value: 300, unit: "USD" },
        ],
      }),
    ],
  }),
  maintenance: line("cross/maintenance", 275, { unit: "USD" }),
  matrices: [tailMatrix],
  decompositions: [tailScenarios, components],
};

export const tailResult: MarginResult = smallResult({ accounts: [tailAccount], historyName: "Three years" });
