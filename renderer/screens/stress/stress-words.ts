import { formatNumber, formatPercent } from "../../../core/base/format.ts";
import type { StressFlag, StressRun } from "../../client/stress.ts";

const flagWords: Readonly<Record<StressFlag, string>> = {
  call: "▼ call",
  liquidation: "✕ liquidation",
  insolvent: "■ insolvent",
};

/** The gravest flag in a word with a sign; empty where there is none. */
export function flagText(flags: readonly StressFlag[]): string {
  const gravest = (["insolvent", "liquidation", "call"] as const).find((flag) => flags.includes(flag));
  return gravest === undefined ? "" : flagWords[gravest];
}

/** The answer of a run under one method in a sentence or two. */
export function runSentence({ scenarios, columns }: StressRun, column: number): string {
  const outcomes = scenarios.flatMap((scenario) =>
    scenario.outcomes.filter((outcome) => outcome.column === column).map((outcome) => ({ scenario, outcome })),
  );
  const worst = outcomes.find(({ outcome }) => outcome.rank === 1);
  if (!worst) return columns[column]?.failure?.message ?? "No scenario could be computed under this method.";
  const { pnlUsd, before, flags } = worst.outcome;
  const share =
    before.equityUsd === undefined || before.equityUsd <= 0 || pnlUsd >= 0
      ? ""
      : `, ${formatPercent(-pnlUsd / before.equityUsd, { decimals: 1 })} of equity`;
  const flag = flagText(flags);
  const count = (which: StressFlag): number => outcomes.filter(({ outcome }) => outcome.flags.includes(which)).length;
  const [calls, liquidations, insolvent] = [count("call"), count("liquidation"), count("insolvent")];
  const of = outcomes.length;
  const tally =
    before.marginBalanceUsd === undefined
      ? "No margin balance is known: calls are not."
      : calls === 0
        ? `None of ${of} leads to a call.`
        : `Of ${of}, ${calls} ${calls === 1 ? "leads" : "lead"} to a call, ${liquidations} to liquidation${insolvent > 0 ? `, ${insolvent} to a loss beyond equity` : ""}.`;
  const amount = formatNumber(Math.abs(pnlUsd), { decimals: 0, unit: "USD" });
  const answer = `${amount}${share}${flag === "" ? "" : ` (${flag.slice(2)})`}.`;
  if (of === 1) return `${worst.scenario.label}: a ${pnlUsd < 0 ? "loss" : "gain"} of ${answer}`;
  const what =
    pnlUsd < 0 ? `Worst: ${worst.scenario.label}, a loss of` : `No loss; least gain: ${worst.scenario.label},`;
  return `${what} ${answer} ${tally}`;
}
