import { formatNumber, formatPercent } from "../../../core/base/format.ts";
import type { StressFlag, StressOutcome, StressRun, StressStep } from "../../client/stress.ts";

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

/** The step of a path at which the loss since the start is largest; absent where the scenarios were asked at once. */
export function worstStepOf({ steps, worstStep }: Pick<StressOutcome, "steps" | "worstStep">): StressStep | undefined {
  return worstStep === undefined ? undefined : steps?.[worstStep];
}

/** What leads a row: at once the event, along a path its worst step. */
export function leadingPnl(outcome: Pick<StressOutcome, "pnlUsd" | "steps" | "worstStep">): number {
  return worstStepOf(outcome)?.pnlUsd ?? outcome.pnlUsd;
}

/** What befell an account: of a path, at any of its steps. */
export function leadingFlags({ flags, steps }: Pick<StressOutcome, "flags" | "steps">): readonly StressFlag[] {
  return steps === undefined ? flags : [...new Set(steps.flatMap((step) => step.flags))];
}

/** The answer of a run under one method in a sentence or two, along paths by their worst steps. */
export function runSentence({ scenarios, columns, mode }: StressRun, column: number): string {
  const outcomes = scenarios.flatMap((scenario) =>
    scenario.outcomes.filter((outcome) => outcome.column === column).map((outcome) => ({ scenario, outcome })),
  );
  const worst = outcomes.find(({ outcome }) => outcome.rank === 1);
  if (!worst) return columns[column]?.failure?.message ?? "No scenario could be computed under this method.";
  const { before } = worst.outcome;
  const step = worstStepOf(worst.outcome);
  const pnlUsd = leadingPnl(worst.outcome);
  const share =
    before.equityUsd === undefined || before.equityUsd <= 0 || pnlUsd >= 0
      ? ""
      : `, ${formatPercent(-pnlUsd / before.equityUsd, { decimals: 1 })} of equity`;
  const flag = flagText(leadingFlags(worst.outcome));
  const count = (which: StressFlag): number =>
    outcomes.filter(({ outcome }) => leadingFlags(outcome).includes(which)).length;
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
  const at = step === undefined ? "" : " at its worst step";
  if (of === 1) return `${worst.scenario.label}${at}: a ${pnlUsd < 0 ? "loss" : "gain"} of ${answer}`;
  const along = mode === "path" ? "Worst along its path" : "Worst";
  const what =
    pnlUsd < 0 ? `${along}: ${worst.scenario.label}, a loss of` : `No loss; least gain: ${worst.scenario.label},`;
  return `${what} ${answer} ${tally}`;
}

/** Which step leads, what was called along the whole path, and the event at once; absent where no path was run. */
export function pathSentence({ scenarios }: StressRun, column: number): string | undefined {
  const worst = scenarios
    .flatMap(({ outcomes }) => outcomes)
    .find((outcome) => outcome.column === column && outcome.rank === 1);
  const step = worst && worstStepOf(worst);
  return worst && step && pathWords(worst, step);
}

/** `Worst at step 2 of 5, 2020-03-13 low; called along the path: 10 USD. The event at once: −70 USD.` */
function pathWords({ steps = [], worstStep = 0, pnlUsd }: StressOutcome, { label }: StressStep): string {
  const called = steps.at(-1)?.calledUsd ?? 0;
  const calls = called > 0 ? `; called along the path: ${formatNumber(called, { decimals: 0, unit: "USD" })}` : "";
  const atOnce = formatNumber(pnlUsd, { decimals: 0, signed: true, unit: "USD" });
  return `Worst at step ${worstStep + 1} of ${steps.length}, ${label}${calls}. The event at once: ${atOnce}.`;
}
