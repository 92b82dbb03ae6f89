import { formatNumber } from "../../../core/base/format.ts";
import type { AttributionRun, AttributionSplit } from "../../client/attribution.ts";
import { splitTitle } from "../../figures/attribution.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import type { SplitRow } from "./split-rows.ts";

/** Names that fit a column of amounts; the tooltip has the whole. */
const shortTitles: Readonly<Record<AttributionSplit["kind"], string>> = {
  component: "Component",
  euler: "Euler",
  "stand-alone": "Stand-alone",
  incremental: "Incremental",
  "pro-rata": "Pro-rata",
  shapley: "Shapley",
};

export function splitColumns(run: AttributionRun): readonly GridColumn<SplitRow>[] {
  const { unit, splits } = run;
  return [
    textColumn<SplitRow>({ id: "group", header: "Group", value: ({ label }) => label, width: 190, pinned: "left" }),
    numberColumn<SplitRow>({
      id: "count",
      header: "Positions",
      value: ({ count }) => count,
      format: (value) => formatNumber(value, { decimals: 0 }),
      applies: (row) => (row as SplitRow | undefined)?.count !== undefined,
      width: 86,
    }),
    ...splits.flatMap((split): GridColumn<SplitRow>[] => [
      numberColumn<SplitRow>({
        id: split.kind,
        header: `${shortTitles[split.kind]}, ${unit}`,
        tooltip: `${splitTitle(run, split)}. ${split.meaning}`,
        value: ({ amounts }) => amounts[split.kind],
        // The whole has no sign of its own: it is a requirement.
        formatRow: (value, row) => formatNumber(value, { signed: (row as SplitRow | undefined)?.id !== "total" }),
        width: 128,
      }),
      ...(split.errors
        ? [
            numberColumn<SplitRow>({
              id: `${split.kind} error`,
              header: `± error, ${unit}`,
              tooltip: `Standard error of the sampled amounts. ${split.how ?? ""}`,
              value: ({ errors }) => errors[split.kind],
              applies: (row) => (row as SplitRow | undefined)?.count !== undefined,
              width: 104,
            }),
          ]
        : []),
    ]),
  ];
}
