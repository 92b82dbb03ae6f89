import { formatNumber } from "../../../core/base/format.ts";
import type { StressScenario, StressSetProblem } from "../../client/stress.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { shocksText } from "../../state/shock-text.ts";
import { stepPlace } from "./shock-columns.ts";

type PathStep = NonNullable<StressScenario["path"]>[number];

export interface StepRow {
  readonly id: string;
  readonly place: number;
  readonly step: PathStep;
  /** Of the step itself or of one of its shocks. */
  readonly problem: string | undefined;
}

/** @param problems those of the scenario */
export function stepRows(path: readonly PathStep[], problems: readonly StressSetProblem[]): StepRow[] {
  return path.map((step, place) => {
    const found = problems.find((problem) => stepPlace(problem) === place);
    const where = found?.shock === undefined ? "" : `shock ${found.shock}: `;
    return { ...{ id: String(place), place, step }, problem: found && `${where}${found.rule}` };
  });
}

const always = (): boolean => true;

/** Steps stand in their order: they are moved, not sorted. */
export const stepColumns: GridColumn<StepRow>[] = [
  numberColumn<StepRow>({
    ...{ id: "place", header: "#", width: 44, value: ({ place }) => place + 1 },
    format: (value) => formatNumber(value, { decimals: 0 }),
  }),
  textColumn<StepRow>({
    ...{ id: "label", header: "Step", width: 180, editable: always, value: ({ step }) => step.label },
    tooltip: "Used once in a path",
  }),
  {
    ...textColumn<StepRow>({
      ...{ id: "days", header: "Days", width: 74, editable: always, value: ({ step }) => String(step.days) },
      tooltip: "Since the start; of two steps of one day the earlier comes first",
    }),
    cellClass: "ag-right-aligned-cell numeric",
    headerClass: "ag-right-aligned-header",
  },
  textColumn<StepRow>({
    ...{ id: "moves", header: "Stands at, from the start", width: 380 },
    value: ({ step, problem }) =>
      problem === undefined ? shocksText(step.shocks) || "everything at its start" : `✕ ${problem}`,
  }),
].map((column) => ({ ...column, sortable: false }));

/** The members of a step after an edit of one cell, or why the text is refused. */
export function editedStep(
  column: string,
  value: unknown,
): Partial<Pick<PathStep, "label" | "days">> | { readonly problem: string } {
  const text = String(value ?? "").trim();
  if (column === "label") return text === "" ? { problem: "a step needs a name" } : { label: text };
  const days = Number(text.replaceAll(",", ".").replace(/\s*d(ays?)?$/i, ""));
  return text !== "" && Number.isFinite(days) && days >= 0
    ? { days }
    : { problem: `"${text}" is not a number of days, 0 or more` };
}
