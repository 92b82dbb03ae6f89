import type { AccountCharge, Charge } from "../contract.ts";
import { walk } from "../statement.ts";
import type { PairVector } from "./extended-risk-matrix-pair-vector.ts";
import { section } from "./extended-risk-matrix-sections.ts";

/** What makes a run of the matrix less sure than the venue's own answers, which so far hold futures and perpetuals only. */
export function matrixRemarks(vectors: readonly PairVector[], accounts: readonly AccountCharge[]): Charge["remarks"] {
  const remark = (message: string, rule: string) => ({ accuracy: "approximate" as const, message, rule });
  const remarks = [];
  if (vectors.some(({ positions }) => positions.some(({ position }) => position.instrument.kind === "option")))
    remarks.push(
      remark(
        "options follow the published text: the venue's matrices seen so far hold futures and perpetuals only",
        section.positionProfit,
      ),
    );
  if (
    accounts.some(({ matrices }) => matrices.some(({ bindingScenarioId }) => bindingScenarioId?.startsWith("extended")))
  )
    remarks.push(remark("an extended entry binds: its dampener is inferred", section.dampener));
  if (accounts.some(({ initial }) => deltaShockOf(initial) > 0))
    remarks.push(remark("the delta shock is inferred: it is 0 in every answer of the venue seen", section.delta));
  return remarks;
}

function deltaShockOf(initial: AccountCharge["initial"]): number {
  for (const line of walk(initial)) if (line.component === "delta") return line.amount;
  return 0;
}
