import { formatNumber } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { Kink, KinkDistance } from "../../client/stress.ts";
import { kinkOrder, kinkWords, type LadderRow, levelText, moveText } from "../../figures/kink-ladder.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";

export interface KinkRow {
  readonly id: string;
  readonly row: LadderRow;
  readonly kink: Kink;
  readonly level: string;
}

/** Kinks of all axes: by axis in their order, nearest first. */
export function kinkRows(rows: readonly LadderRow[], distance: KinkDistance): KinkRow[] {
  return rows.flatMap((row) =>
    row.kinks
      .map((kink, at) => ({
        id: `${row.label} ${at} ${kink.kind} ${kink.move}`,
        ...{ row, kink, level: levelText(row.axis, kink.move, distance) },
      }))
      .sort(
        (a, b) =>
          Math.abs(a.kink.move) - Math.abs(b.kink.move) ||
          kinkOrder.indexOf(a.kink.kind) - kinkOrder.indexOf(b.kink.kind),
      ),
  );
}

export const kinkColumns: GridColumn<KinkRow>[] = [
  textColumn<KinkRow>({ id: "axis", header: "Moves", value: ({ row }) => row.label, width: 112 }),
  numberColumn<KinkRow>({
    id: "move",
    header: "Distance",
    tooltip: "Relative move, or days; the first place of the new state",
    value: ({ kink }) => kink.move,
    formatRow: (_, row) => moveText((row as KinkRow).row.axis, (row as KinkRow).kink.move),
    width: 108,
  }),
  textColumn<KinkRow>({ id: "kind", header: "What", value: ({ kink }) => kinkWords[kink.kind], width: 168 }),
  textColumn<KinkRow>({ id: "level", header: "Level", value: ({ level }) => level, width: 200 }),
  textColumn<KinkRow>({ id: "account", header: "Account", value: ({ kink }) => kink.account, width: 84 }),
  textColumn<KinkRow>({ id: "after", header: "From there on", value: ({ kink }) => kink.after, width: 300 }),
  numberColumn<KinkRow>({
    id: "initial",
    header: "Initial there, USD",
    value: ({ kink }) => kink.initialUsd,
    format: (value) => formatNumber(value, { decimals: 0 }),
    width: 128,
  }),
  numberColumn<KinkRow>({
    id: "balance",
    header: "Margin balance there, USD",
    value: ({ kink }) => kink.marginBalanceUsd,
    format: (value) => formatNumber(value, { decimals: 0 }),
    whyMissing: () => "no margin balance is known",
    width: 170,
  }),
];

export function kinkCsv(rows: readonly KinkRow[], { settings, remarks }: KinkDistance): CsvTable {
  return {
    header: [
      ...["moves", "underlying", "kind", "move (fraction, time in days)", "width", "level", "account", "line"],
      ...["before", "after", "also", "initial (USD)", "maintenance (USD)", "margin balance (USD)"],
    ],
    rows: rows.map(({ row: { axis }, kink, level }) => [
      ...[axis.kind, axis.underlying ?? "", kink.kind, kink.move, kink.width, level, kink.account, kink.lineId ?? ""],
      ...[kink.before, kink.after, kink.also.join("; ")],
      ...[kink.initialUsd, kink.maintenanceUsd, kink.marginBalanceUsd],
    ]),
    remarks: [
      `scanned in ${settings.steps} steps a direction; a change that is undone inside one is not seen`,
      ...remarks,
    ],
  };
}
