import type { FigureQuality, StressSetProblem, StressShock } from "../../client/stress.ts";
import { type GridColumn, textColumn } from "../../grids/columns.ts";
import {
  amountInput,
  amountText,
  deltaText,
  modesOf,
  newShock,
  shockKinds,
  shockLabel,
  tenorText,
  withAmount,
  withDelta,
  withTenor,
} from "../../state/shock-text.ts";
import { qualityWords } from "./scenario-rows.ts";

export interface ShockRow {
  readonly id: string;
  /** Place in the scenario's list. */
  readonly place: number;
  readonly shock: StressShock;
  readonly problem: string | undefined;
}

/**
 * Rows of the shocks of a scenario, or of a step of its path.
 *
 * @param problems those of the scenario
 * @param step     place of the step
 */
export function shockRows(
  shocks: readonly StressShock[],
  problems: readonly StressSetProblem[],
  step?: number,
): ShockRow[] {
  return shocks.map((shock, place) => ({
    ...{ id: String(place), place, shock },
    problem: problems.find((one) => one.shock === place + 1 && stepPlace(one) === step)?.rule,
  }));
}

/** Place of the step of a path that a problem is about. */
export function stepPlace({ pointer = "" }: Pick<StressSetProblem, "pointer">): number | undefined {
  const [, place] = /^\/scenarios\/\d+\/path\/(\d+)(?:\/|$)/.exec(pointer) ?? [];
  return place === undefined ? undefined : Number(place);
}

const choices = (values: readonly string[]) => ({
  cellEditor: "agSelectCellEditor",
  cellEditorParams: { values: [...values] },
});
const qualities = Object.keys(qualityWords) as readonly FigureQuality[];
const always = (): boolean => true;

/** Enter or F2 edits a cell; what does not apply to a kind is blank and cannot be edited. */
export const shockColumns: GridColumn<ShockRow>[] = [
  {
    ...textColumn<ShockRow>({
      ...{ id: "kind", header: "What", value: ({ shock }) => shockLabel(shock.kind), width: 108, editable: always },
    }),
    ...choices(shockKinds.map(({ label }) => label)),
  },
  textColumn<ShockRow>({
    ...{ id: "factor", header: "Factor", width: 80, editable: ({ shock }) => "factor" in shock },
    value: ({ shock }) => ("factor" in shock ? shock.factor : ""),
    tooltip: "An underlying such as BTC, a class such as ALT or STABLE, or * for all that nothing else names",
  }),
  {
    ...textColumn<ShockRow>({
      ...{ id: "mode", header: "Mode", width: 88, editable: ({ shock }) => modesOf(shock.kind).length > 0 },
      value: ({ shock }) => ("mode" in shock ? shock.mode : ""),
    }),
    cellEditorSelector: ({ data }) => ({
      component: "agSelectCellEditor",
      params: { values: data ? [...modesOf(data.shock.kind)] : [] },
    }),
  },
  {
    ...textColumn<ShockRow>({
      ...{ id: "amount", header: "Amount", width: 120, editable: always, value: ({ shock }) => amountInput(shock) },
      tooltip: "Relative moves in percent, volatilities in points, prices in quote currency: −15 is 15 % down",
    }),
    valueFormatter: ({ data }) => (data ? amountText(data.shock) : ""),
    cellClass: "ag-right-aligned-cell numeric",
    headerClass: "ag-right-aligned-header",
  },
  {
    ...textColumn<ShockRow>({
      ...{ id: "quality", header: "Quality", width: 112, editable: always, value: ({ shock }) => shock.quality },
    }),
    ...choices(qualities),
    valueFormatter: ({ data }) => (data ? qualityWords[data.shock.quality] : ""),
  },
  textColumn<ShockRow>({
    ...{ id: "tenor", header: "Tenors", width: 84, editable: always, value: ({ shock }) => tenorText(shock) },
    tooltip: "Days to expiry, such as 7-30; all when empty",
  }),
  textColumn<ShockRow>({
    ...{ id: "delta", header: "Deltas", width: 82, value: ({ shock }) => deltaText(shock) },
    editable: ({ shock }) => shock.kind === "volatility",
    tooltip: "Call deltas, such as 0.1-0.25; all when empty",
  }),
  textColumn<ShockRow>({
    ...{ id: "source", header: "Source", width: 90, editable: always, value: ({ shock }) => shock.source ?? "" },
    tooltip: "Id among the sources of the set",
  }),
  textColumn<ShockRow>({
    ...{ id: "note", header: "Note", width: 220, editable: always },
    value: ({ shock, problem }) => (problem === undefined ? (shock.note ?? "") : `✕ ${problem}`),
  }),
];

/** The shock after an edit of one cell, or why the text is refused. */
export function editedShock(
  shock: StressShock,
  column: string,
  value: unknown,
): StressShock | { readonly problem: string } {
  const text = String(value ?? "").trim();
  switch (column) {
    case "kind": {
      const kind = shockKinds.find(({ label }) => label === text)?.kind ?? shock.kind;
      return kind === shock.kind ? shock : newShock(kind, "factor" in shock ? shock.factor : undefined);
    }
    case "factor":
      if (text === "") return { problem: "a factor needs a name" };
      return "factor" in shock ? { ...shock, factor: text } : shock;
    case "mode":
      return "mode" in shock ? ({ ...shock, mode: text } as StressShock) : shock;
    case "amount":
      return withAmount(shock, text);
    case "tenor":
      return withTenor(shock, text);
    case "delta":
      return withDelta(shock, text);
    case "quality":
      return { ...shock, quality: qualities.find((known) => known === text) ?? shock.quality };
    case "source":
    case "note":
      return worded(shock, column, text);
    default:
      return shock;
  }
}

/** An empty word is none. */
function worded(shock: StressShock, field: "source" | "note", text: string): StressShock {
  const { [field]: _, ...others } = shock;
  return (text === "" ? others : { ...others, [field]: text }) as StressShock;
}
