import { formatNumber, moneyDecimals, rawNumber } from "../../../core/base/format.ts";
import type { Line } from "../../client/types.ts";

/** How a line follows from its children, in a few words. */
export function combinationWords({ combine, children, inputs }: Line): string {
  const count = children.length;
  switch (combine.kind) {
    case "leaf":
      return inputs.length > 0 ? "from its inputs" : "given";
    case "sum":
      return count === 1 ? "its only part" : `sum of ${count}`;
    case "max":
      return `largest of ${count}`;
    case "min":
      return `smallest of ${count}`;
    case "loss":
      return "loss: max(0, −sum)";
    case "product":
      return `${combine.factorLabel} ${plain(combine.factor)} × part`;
    case "toward-zero":
      return `part moved toward zero by ${plain(combine.by)}`;
    case "round":
      return `rounded to ${combine.decimals} decimals`;
  }
}

/** Parts that are written out in a formula; more are counted. */
const writtenParts = 6;

/** The calculation of a line with its numbers: `max(0, −(−1.25 + 0.50)) = 0.75 BTC`. */
export function calculation(line: Line): string {
  const { combine, children, amount, unit } = line;
  const result = `${money(amount, unit)} ${unit}`;
  if (combine.kind === "leaf") return result;
  const parts = children.map((child) => money(child.amount, child.unit));
  const list = (separator: string): string =>
    parts.length <= writtenParts
      ? parts.join(separator)
      : `${parts.slice(0, writtenParts - 1).join(separator)}${separator}… (${parts.length} parts)`;
  const [only = "—"] = parts;
  const left = {
    sum: () => list(" + "),
    max: () => `max(${list(", ")})`,
    min: () => `min(${list(", ")})`,
    loss: () => `max(0, −(${list(" + ")}))`,
    product: () => `${combine.kind === "product" ? plain(combine.factor) : ""} × ${only}`,
    "toward-zero": () => `${only} moved toward zero by ${combine.kind === "toward-zero" ? plain(combine.by) : ""}`,
    round: () => `${only} rounded to ${combine.kind === "round" ? combine.decimals : ""} decimals`,
  }[combine.kind]();
  return `${left} = ${result}`;
}

/** An amount in the precision of its unit. */
export function money(amount: number | null | undefined, unit: string): string {
  return formatNumber(amount, { decimals: moneyDecimals(unit) });
}

function plain(value: number): string {
  return rawNumber(value).replace("-", "−");
}
