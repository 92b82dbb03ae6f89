import type { Line, LineInput, MarginResult } from "../client/types.ts";

/** How a measure of the tail was made: its line, and everything that was chosen or estimated. */
export interface Convention {
  readonly lineId: string;
  readonly label: string;
  readonly inputs: readonly LineInput[];
}

/** Losses of single scenarios stand among the inputs too; the decomposition shows them better. */
const isScenario = ({ label }: LineInput): boolean => label.startsWith("loss in ");

/** The lines of a result that are measured over a window of a history. */
export function conventionsOf(result: MarginResult): Convention[] {
  const seen = new Set<string>();
  return result.accounts
    .flatMap(({ initial, maintenance }) => [...measuresIn(initial), ...measuresIn(maintenance)])
    .filter(({ lineId }) => !seen.has(lineId) && seen.add(lineId));
}

/** The calibration window of a convention, `2025-07-08 to 2026-11-19`. */
export function windowOf({ inputs }: Convention): string {
  const text = (label: string): string => String(inputs.find((input) => input.label === label)?.value ?? "");
  return `${text("from")} to ${text("to")}`;
}

function measuresIn(line: Line): Convention[] {
  const { id, label, inputs, children } = line;
  const measured = ["from", "to"].every((name) => inputs.some((input) => input.label === name));
  const own = measured ? [{ lineId: id, label, inputs: inputs.filter((input) => !isScenario(input)) }] : [];
  return [...own, ...children.flatMap(measuresIn)];
}
