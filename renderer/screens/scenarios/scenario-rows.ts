import { formatNumber } from "../../../core/base/format.ts";
import type {
  FigureQuality,
  ObservedFigure,
  StressScenario,
  StressSet,
  StressSetProblem,
  StressShock,
} from "../../client/stress.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { shocksText } from "../../state/shock-text.ts";

/** Words of a quality; what is not verified is marked by a sign as well. */
export const qualityWords: Readonly<Record<FigureQuality, string>> = {
  dataset: "dataset",
  published: "published",
  uncertain: "▲ uncertain",
  "product-choice": "△ product choice",
  set: "set by user",
};

/** The weakest first. */
const weakest: readonly FigureQuality[] = ["uncertain", "product-choice", "set", "published", "dataset"];

export function weakestQuality(shocks: readonly StressShock[]): FigureQuality | undefined {
  return weakest.find((quality) => shocks.some((shock) => shock.quality === quality));
}

export interface ScenarioRow {
  readonly id: string;
  readonly scenario: StressScenario;
  readonly problems: readonly StressSetProblem[];
}

export function scenarioRows(set: StressSet, problems: readonly StressSetProblem[]): ScenarioRow[] {
  return set.scenarios.map((scenario) => ({
    ...{ id: scenario.id, scenario },
    problems: problems.filter((problem) => problem.scenario === scenario.id),
  }));
}

export const scenarioColumns: GridColumn<ScenarioRow>[] = [
  textColumn<ScenarioRow>({
    ...{ id: "label", header: "Scenario", width: 214, pinned: "left" },
    value: ({ scenario, problems }) => `${problems.length > 0 ? "✕ " : ""}${scenario.label}`,
  }),
  textColumn<ScenarioRow>({
    ...{ id: "moves", header: "Moves", width: 330 },
    value: ({ scenario }) => shocksText(scenario.shocks),
  }),
  numberColumn<ScenarioRow>({
    ...{
      id: "steps",
      header: "Steps",
      tooltip: "Of its path",
      value: ({ scenario }) => scenario.path?.length,
      width: 70,
    },
    ...{ format: (value) => formatNumber(value, { decimals: 0 }), applies: (row) => hasPath(row as ScenarioRow) },
  }),
  textColumn<ScenarioRow>({
    ...{ id: "quality", header: "Weakest figure", width: 128 },
    value: ({ scenario }) => {
      const quality = weakestQuality(scenario.shocks);
      return quality && qualityWords[quality];
    },
  }),
  textColumn<ScenarioRow>({ id: "date", header: "Days", value: ({ scenario }) => daysText(scenario), width: 178 }),
  textColumn<ScenarioRow>({ id: "kind", header: "Kind", value: ({ scenario }) => scenario.kind, width: 104 }),
  numberColumn<ScenarioRow>({
    ...{ id: "weight", header: "Weight", value: ({ scenario }) => scenario.weight, width: 78 },
    format: (value) => formatNumber(value, { significant: 3 }),
    applies: (row) => (row as ScenarioRow).scenario.weight !== undefined,
  }),
];

const hasPath = ({ scenario }: ScenarioRow): boolean => scenario.path !== undefined;

export function daysText({ start, end }: StressScenario): string {
  if (start === undefined) return "";
  return end === undefined || end === start ? start : `${start} to ${end}`;
}

/** A figure of the evidence in words: `7,938 → 3,858 (−51.4 %)`. */
export function figureText({ from, to, change, points, text }: ObservedFigure): string {
  const number = (value: number): string => formatNumber(value, { decimals: Number.isInteger(value) ? 0 : 2 });
  const parts = [
    from === undefined && to === undefined
      ? ""
      : [from, to].map((value) => (value === undefined ? "?" : number(value))).join(" → "),
    change === undefined ? "" : formatNumber(change * 100, { decimals: 1, signed: true, unit: "%" }),
    points === undefined ? "" : formatNumber(points, { decimals: 1, signed: true, unit: "points" }),
    text ?? "",
  ];
  const found = parts.filter((part) => part !== "").join(" · ");
  return found === "" ? "no figure" : found;
}
