import { formatNumber } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { LadderRung, PairStress, ReverseStress, StressSolution } from "../../client/stress.ts";
import { shortFactor } from "../../figures/calibration-figure.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { chance } from "./reverse-words.ts";

export interface SolutionRow {
  readonly id: string;
  readonly place: number;
  readonly solution: StressSolution;
}

export function solutionRows({ solutions }: Pick<ReverseStress, "solutions">): SolutionRow[] {
  return solutions.map((solution, place) => ({ id: String(place), place, solution }));
}

const money = (value: number | null | undefined): string => formatNumber(value, { decimals: 0 });
const percent = (value: number | null | undefined): string =>
  formatNumber(typeof value === "number" ? value * 100 : value, { decimals: 2, signed: true });

/** Columns of the factors follow those of the whole. */
export function solutionColumns(factors: ReverseStress["factors"]): GridColumn<SolutionRow>[] {
  return [
    numberColumn<SolutionRow>({
      ...{ id: "place", header: "#", value: ({ place }) => place + 1, width: 44 },
      format: (value) => formatNumber(value, { decimals: 0 }),
    }),
    numberColumn<SolutionRow>({
      ...{ id: "norm", header: "Norm, sd", tooltip: "Mahalanobis norm, standard deviations", width: 84 },
      value: ({ solution }) => solution.norm,
    }),
    numberColumn<SolutionRow>({
      ...{ id: "chance", header: "Beyond", tooltip: "Probability of the half-space beyond, normal factors", width: 92 },
      value: ({ solution }) => solution.halfSpaceProbability,
      format: (value) => (typeof value === "number" ? chance(value) : "—"),
    }),
    ...factors.map(({ factor }) =>
      numberColumn<SolutionRow>({
        id: factor,
        header: `${shortFactor(factor)}, %`,
        value: ({ solution }) => solution.moves.find((move) => move.factor === factor)?.move,
        format: percent,
        whyMissing: () => "does not move",
        width: 92,
      }),
    ),
    numberColumn<SolutionRow>({
      ...{ id: "pnl", header: "P&L, USD", tooltip: "Of the positions; gain > 0", signal: true, width: 112 },
      value: ({ solution }) => solution.state.pnlUsd,
      format: (value) => formatNumber(value, { decimals: 0, signed: true }),
    }),
    numberColumn<SolutionRow>({
      ...{ id: "initial", header: "Initial there, USD", format: money, width: 128 },
      value: ({ solution }) => solution.state.initialUsd,
    }),
    numberColumn<SolutionRow>({
      ...{ id: "balance", header: "Margin balance, USD", format: money, width: 140 },
      value: ({ solution }) => solution.state.marginBalanceUsd,
      whyMissing: () => "no margin balance is known",
    }),
    textColumn<SolutionRow>({
      ...{ id: "account", header: "Account", value: ({ solution }) => solution.state.account, width: 84 },
    }),
  ];
}

export interface PairRow extends PairStress {
  readonly id: string;
}

export function pairRows({ pairs }: Pick<ReverseStress, "pairs">): PairRow[] {
  return pairs.map((pair) => ({ ...pair, id: pair.factors.join(" ") }));
}

const none = (): string => "no move of the two within the bound reaches the goal";

export const pairColumns: GridColumn<PairRow>[] = [
  textColumn<PairRow>({ id: "first", header: "Factor", value: ({ factors }) => shortFactor(factors[0]), width: 110 }),
  textColumn<PairRow>({ id: "second", header: "and", value: ({ factors }) => shortFactor(factors[1]), width: 110 }),
  numberColumn<PairRow>({
    id: "correlation",
    header: "Correlation",
    value: ({ correlation }) => correlation,
    width: 96,
  }),
  numberColumn<PairRow>({
    ...{ id: "norm", header: "Norm, sd", tooltip: "Of the two alone", value: ({ reached }) => reached?.norm },
    ...{ whyMissing: none, width: 90 },
  }),
  numberColumn<PairRow>({
    ...{ id: "whole", header: "Norm of all, sd", value: ({ wholeNorm }) => wholeNorm, whyMissing: none, width: 118 },
    tooltip: "The others standing still counted as well: comparable with the solutions",
  }),
  ...([0, 1] as const).map((place) =>
    numberColumn<PairRow>({
      id: `move ${place}`,
      header: place === 0 ? "First moves, %" : "Second moves, %",
      value: ({ factors, reached }) => reached?.moves.find(({ factor }) => factor === factors[place])?.move,
      ...{ format: percent, whyMissing: none, width: 122 },
    }),
  ),
  numberColumn<PairRow>({
    ...{ id: "pnl", header: "P&L, USD", value: ({ reached }) => reached?.state.pnlUsd, signal: true, width: 112 },
    ...{ format: (value) => formatNumber(value, { decimals: 0, signed: true }), whyMissing: none },
  }),
];

export interface RungRow extends LadderRung {
  readonly id: string;
}

export function rungRows({ ladder }: Pick<ReverseStress, "ladder">): RungRow[] {
  return ladder.map((rung) => ({ ...rung, id: `${rung.factor} ${rung.direction} ${rung.others}` }));
}

export const rungColumns: GridColumn<RungRow>[] = [
  textColumn<RungRow>({ id: "factor", header: "Factor", value: ({ factor }) => shortFactor(factor), width: 110 }),
  textColumn<RungRow>({ id: "direction", header: "Way", value: ({ direction }) => direction, width: 70 }),
  textColumn<RungRow>({
    ...{ id: "others", header: "The others", width: 96 },
    value: ({ others }) => (others === "alone" ? "stay" : "follow"),
  }),
  numberColumn<RungRow>({
    ...{ id: "move", header: "Move, %", value: ({ reached }) => reached?.move, format: percent, width: 92 },
    whyMissing: () => "no move within the bound reaches the goal",
  }),
  numberColumn<RungRow>({
    ...{ id: "deviations", header: "Its own, sd", value: ({ reached }) => reached?.deviations, width: 96 },
    whyMissing: () => "no move within the bound reaches the goal",
  }),
  numberColumn<RungRow>({
    ...{
      id: "norm",
      header: "Norm, sd",
      tooltip: "Of the whole move",
      value: ({ reached }) => reached?.norm,
      width: 90,
    },
    whyMissing: () => "no move within the bound reaches the goal",
  }),
  numberColumn<RungRow>({
    ...{ id: "pnl", header: "P&L, USD", value: ({ reached }) => reached?.state.pnlUsd, signal: true, width: 112 },
    ...{ format: (value) => formatNumber(value, { decimals: 0, signed: true }) },
    whyMissing: () => "no move within the bound reaches the goal",
  }),
];

/** Solutions, ladder and pairs in one table, told apart by the first column. */
export function reverseCsv(result: ReverseStress): CsvTable {
  const { factors, solutions, ladder, pairs, covarianceSource, horizonDays, answer, notMoved } = result;
  const moves = (of: readonly { readonly factor: string; readonly move: number }[]) =>
    factors.map(({ factor }) => of.find((move) => move.factor === factor)?.move);
  const state = ({ state: s, norm }: { readonly state: StressSolution["state"]; readonly norm: number }) => [
    ...[norm, s.pnlUsd, s.initialUsd, s.maintenanceUsd, s.marginBalanceUsd, s.equityUsd, s.account ?? ""],
  ];
  return {
    header: [
      ...["row", "what", "norm (sd)", "P&L (USD)", "initial (USD)", "maintenance (USD)"],
      ...["margin balance (USD)", "equity (USD)", "account", "half-space probability", "chi-square tail"],
      ...factors.map(({ factor }) => `${factor} (relative move)`),
    ],
    rows: [
      ...solutions.map((solution, place) => [
        ...["solution", String(place + 1), ...state(solution)],
        ...[solution.halfSpaceProbability, solution.chiSquareTail, ...moves(solution.moves)],
      ]),
      ...ladder.flatMap(({ factor, direction, others, reached }) =>
        reached
          ? [
              [
                "ladder",
                `${factor} ${direction}, others ${others}`,
                ...state(reached),
                "",
                "",
                ...moves([{ factor, move: reached.move }]),
              ],
            ]
          : [["ladder", `${factor} ${direction}, others ${others}: none within the bound`]],
      ),
      ...pairs.flatMap(({ factors: [one, other], reached }) =>
        reached
          ? [
              [
                "pair",
                `${one} and ${other}`,
                ...state(reached),
                reached.halfSpaceProbability,
                reached.chiSquareTail,
                ...moves(reached.moves),
              ],
            ]
          : [["pair", `${one} and ${other}: none within the bound`]],
      ),
    ],
    remarks: [
      ...[answer, `covariance over ${horizonDays} days: ${covarianceSource}`],
      ...notMoved.map(({ factor, reason }) => `${factor} does not move: ${reason}`),
      ...result.remarks,
    ],
  };
}
