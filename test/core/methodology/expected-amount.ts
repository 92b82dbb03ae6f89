import type { MarginResult } from "../../../core/margin/index.ts";
import { type Line, walk } from "../../../core/methodology/index.ts";

/** Every line of every account of a result, parents first. */
export function linesOf(result: MarginResult): Line[] {
  return result.accounts
    .flatMap((account) => [
      account.initial,
      account.maintenance,
      account.equity,
      account.marginBalance,
      account.withdrawable,
      ...(account.ratios ?? []),
      ...(account.surplus ?? []),
    ])
    .flatMap((line) => (line === undefined ? [] : [...walk(line)]));
}

/**
 * The amount a case names: a line id, `<account>:<field>`, `totals:<field>`, `cell:<set id>/<scenario id>`, or
 * `remarks:<rule>` for the number of remarks under a rule.
 *
 * @returns `undefined` when the result has no such amount
 */
export function amountOf(result: MarginResult, name: string): number | undefined {
  if (name.startsWith("cell:")) {
    const [setId, scenarioId] = splitAtLast(name.slice("cell:".length), "/");
    const matrix = result.accounts.flatMap((account) => account.matrices).find((m) => m.setId === setId);
    return matrix?.cells.find((cell) => cell.scenarioId === scenarioId)?.amount;
  }
  const line = linesOf(result).find(({ id }) => id === name);
  if (line !== undefined) return line.amount;
  const [owner, field] = splitAtLast(name, ":");
  if (owner === "remarks") return result.remarks.filter(({ rule }) => rule === field).length;
  const record: object | undefined =
    owner === "totals" ? result.totals : result.accounts.find((account) => account.id === owner);
  const value: unknown = record === undefined ? undefined : Object.entries(record).find(([key]) => key === field)?.[1];
  return typeof value === "number" ? value : undefined;
}

function splitAtLast(text: string, separator: string): [string, string] {
  const at = text.lastIndexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
