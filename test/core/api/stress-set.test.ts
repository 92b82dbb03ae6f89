import { describe, expect, it } from "vitest";
import type { MarginRequest, StressSetSummary } from "../../../core/api/contract.ts";
import { type StressSet, stressSet } from "../../../core/scenario/index.ts";
import { memoryCore } from "./memory-core.ts";

const shock = { kind: "price", factor: "BTC", mode: "relative", amount: -0.3 } as const;
const content: StressSet = stressSet.parse({
  name: "Mine",
  owner: "Risk",
  tags: ["desk"],
  scenarios: [{ id: "fall", label: "Fall", shocks: [shock] }],
});
const deeper = (amount: number): StressSet => ({
  ...content,
  scenarios: [{ ...stressSet.parse(content).scenarios[0], id: "fall", label: "Fall", shocks: [{ ...shock, amount, quality: "set" }] }] as StressSet["scenarios"],
});
