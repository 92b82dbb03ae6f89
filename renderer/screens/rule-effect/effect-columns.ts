import { formatNumber, formatPercent, moneyDecimals } from "../../../core/base/format.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import type { EffectRow } from "./effect-rows.ts";

const money = (value: number | null | undefined, row: unknown, signed = false): string =>
  formatNumber(value, { decimals: moneyDecimals((row as EffectRow).unit), signed });

/** @param noun what a row is: `Line`, `Position` */
export function effectColumns(noun: string, from: string, to: string): GridColumn<EffectRow>[] {
  const side = (id: "from" | "to", header: string) =>
    numberColumn<EffectRow>({
      id,
      header,
      value: (row) => row[id],
      formatRow: (value, row) => money(value, row),
      whyMissing: () => "this version has no such line",
      width: 124,
    });
  return [
    textColumn<EffectRow>({ id: "label", header: noun, value: ({ label }) => label, width: 230, pinned: "left" }),
    side("from", from),
    side("to", to),
    numberColumn<EffectRow>({
      id: "change",
      header: "Change",
      tooltip: "Later less earlier; a requirement that rises is positive",
      value: ({ change }) => change,
      formatRow: (value, row) => money(value, row, true),
      width: 120,
    }),
    numberColumn<EffectRow>({
      id: "fraction",
      header: "Change, %",
      value: ({ fraction }) => fraction,
      format: (value) => formatPercent(value, { signed: true }),
      whyMissing: () => "there was nothing before",
      width: 92,
    }),
    textColumn<EffectRow>({ id: "unit", header: "Unit", value: ({ unit }) => unit, width: 62 }),
    textColumn<EffectRow>({ id: "id", header: "Id", value: ({ id }) => id, width: 260 }),
  ];
}
