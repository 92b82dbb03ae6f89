import { formatNumber, formatPercent } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { ClusterRelief, Dependence, DependenceRow, PairRelief } from "../../client/stress.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";

const money = (value: number | null | undefined): string => formatNumber(value, { decimals: 0 });
const percent = (value: number | null | undefined): string =>
  formatNumber(typeof value === "number" ? value * 100 : value, { decimals: 1, signed: true });

/** What is saved now, and what goes when all factors move as one: the answer in two sentences. */
export function dependenceSentence({ relief, rows }: Dependence): string {
  const saved =
    relief.standAloneUsd > 0 ? ` (${formatPercent(relief.reliefUsd / relief.standAloneUsd, { decimals: 1 })})` : "";
  // What is a rounding of the whole is nothing.
  const nothing = Math.abs(relief.reliefUsd) < 1e-9 * Math.max(1, relief.standAloneUsd);
  const now = nothing
    ? "The method nets nothing between underlyings: its margin is the sum of each alone."
    : `Offsets between underlyings save ${formatNumber(relief.reliefUsd, { decimals: 0, unit: "USD" })} of initial margin${saved}.`;
  const asOne = rows.find(({ kind, share }) => kind === "one-factor" && share === 1);
  if (!asOne) return now;
  const model = `${formatPercent(asOne.reliefLost, { decimals: 0 })} of the diversification of the book's expected shortfall`;
  const margin = nothing
    ? ""
    : `: the margin would be about ${formatNumber(asOne.emulatedMarginUsd, { decimals: 0, unit: "USD" })}`;
  return `${now} If all factors moved as one, ${model} would be gone${margin}.`;
}

export interface BlendRow extends DependenceRow {
  readonly id: string;
}

export function blendRows({ rows }: Pick<Dependence, "rows">): BlendRow[] {
  return rows.map((row) => ({ ...row, id: `${row.kind} ${row.label}` }));
}

export const blendColumns: GridColumn<BlendRow>[] = [
  textColumn<BlendRow>({ id: "label", header: "Correlation", value: ({ label }) => label, width: 232 }),
  numberColumn<BlendRow>({
    ...{ id: "lost", header: "Relief lost, %", value: ({ reliefLost }) => reliefLost, format: percent, width: 108 },
    tooltip: "Of the book's expected shortfall: 0 today, 100 when nothing is offset, below 0 when netting grows",
  }),
  numberColumn<BlendRow>({
    ...{ id: "shortfall", header: "Expected shortfall, USD", format: money, width: 158 },
    tooltip: "Delta-gamma with normal factors",
    value: ({ expectedShortfall }) => expectedShortfall,
  }),
  numberColumn<BlendRow>({
    ...{ id: "alone", header: "Each alone, USD", format: money, width: 122 },
    value: ({ standAloneShortfall }) => standAloneShortfall,
  }),
  numberColumn<BlendRow>({
    ...{ id: "benefit", header: "Diversification, %", value: ({ diversification }) => diversification, width: 130 },
    ...{ tooltip: "1 − joint / sum of each alone", format: percent },
  }),
  numberColumn<BlendRow>({
    ...{ id: "emulated", header: "Emulated margin, USD", format: money, width: 150 },
    tooltip: "The method's margin with that share of its own relief gone: a size, not a recomputation",
    value: ({ emulatedMarginUsd }) => emulatedMarginUsd,
  }),
  numberColumn<BlendRow>({
    ...{ id: "eigenvalue", header: "Smallest eigenvalue", width: 140 },
    tooltip: "0 or more: the correlation is one",
    value: ({ smallestEigenvalue }) => (Math.abs(smallestEigenvalue) < 1e-12 ? 0 : smallestEigenvalue),
    format: (value) => formatNumber(value, { significant: 3 }),
  }),
];

export interface PairRow extends PairRelief {
  readonly id: string;
}

export function pairRows({ pairs }: Pick<Dependence, "pairs">): PairRow[] {
  return pairs.map((pair) => ({ ...pair, id: pair.underlyings.join(" ") }));
}

const reliefColumns = <Row extends ClusterRelief | PairRelief>(): GridColumn<Row>[] => [
  numberColumn<Row>({
    ...{ id: "relief", header: "Saved, USD", tooltip: "Each alone less together", format: money, width: 110 },
    value: ({ reliefUsd }) => reliefUsd,
  }),
  numberColumn<Row>({
    ...{
      id: "alone",
      header: "Each alone, USD",
      value: ({ standAloneUsd }) => standAloneUsd,
      format: money,
      width: 126,
    },
  }),
  numberColumn<Row>({
    ...{ id: "joint", header: "Together, USD", value: ({ jointUsd }) => jointUsd, format: money, width: 120 },
  }),
];

const two = (value: number | null | undefined): string => formatNumber(value, { signed: true });

export const pairColumns: GridColumn<PairRow>[] = [
  textColumn<PairRow>({ id: "pair", header: "Pair", value: ({ underlyings }) => underlyings.join(" · "), width: 130 }),
  ...reliefColumns<PairRow>(),
  numberColumn<PairRow>({
    ...{ id: "prices", header: "Price correlation", value: ({ priceCorrelation }) => priceCorrelation, width: 128 },
    ...{ format: two, whyMissing: () => "a price without a history" },
  }),
  numberColumn<PairRow>({
    ...{ id: "profits", header: "Profit correlation", value: ({ profitCorrelation }) => profitCorrelation, width: 132 },
    tooltip: "Of the profits of the two parts, linear; above 0 they lose together",
    ...{ format: two, whyMissing: () => "a part that does not move" },
  }),
];

export interface ClusterRow extends ClusterRelief {
  readonly id: string;
}

/** Clusters, and what joining them changes; they add up to the whole. */
export function clusterRows({
  clusters,
  acrossClusters,
}: Pick<Dependence, "clusters" | "acrossClusters">): ClusterRow[] {
  return [
    ...clusters.map((cluster) => ({ ...cluster, id: cluster.underlyings.join(" ") })),
    { ...acrossClusters, underlyings: ["between clusters"], id: "across" },
  ];
}

export const clusterColumns: GridColumn<ClusterRow>[] = [
  textColumn<ClusterRow>({
    ...{ id: "cluster", header: "Cluster", value: ({ underlyings }) => underlyings.join(", "), width: 220 },
  }),
  ...reliefColumns<ClusterRow>(),
];

export function dependenceCsv(answer: Dependence): CsvTable {
  const relief = ({ standAloneUsd, jointUsd, reliefUsd }: ClusterRelief | PairRelief) => [
    standAloneUsd,
    jointUsd,
    reliefUsd,
  ];
  return {
    header: [
      ...["row", "what", "share", "relief lost (fraction)", "expected shortfall (USD)", "each alone (USD)"],
      ...["diversification (fraction)", "emulated margin (USD)", "smallest eigenvalue"],
      ...["margin each alone (USD)", "margin together (USD)", "saved (USD)", "price correlation", "profit correlation"],
    ],
    rows: [
      ...answer.rows.map((row) => [
        ...["correlation", row.label, row.share, row.reliefLost, row.expectedShortfall, row.standAloneShortfall],
        ...[row.diversification, row.emulatedMarginUsd, row.smallestEigenvalue],
      ]),
      ...answer.pairs.map((pair) => [
        ...["pair", pair.underlyings.join(" "), "", "", "", "", "", "", "", ...relief(pair)],
        ...[pair.priceCorrelation, pair.profitCorrelation],
      ]),
      ...clusterRows(answer).map((cluster) => [
        ...["cluster", cluster.underlyings.join(" "), "", "", "", "", "", "", "", ...relief(cluster)],
      ]),
      ...answer.offsets.map(({ recognised, marginUsd }) => [
        ...["offsets recognised", "", recognised, "", "", "", "", marginUsd],
      ]),
    ],
    remarks: [
      `covariance over ${answer.horizonDays} days: ${answer.covarianceSource}`,
      `expected shortfall at ${answer.confidence}, delta-gamma with normal factors`,
      ...answer.remarks,
    ],
  };
}
