import { DomainError, sum } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { MatrixCell, RiskMatrix } from "../contract.ts";
import { type Line, type LineInput, lines, roundTo } from "../statement.ts";
import {
  aggregatedEntry,
  type EvaluatedMatrix,
  entrySteps,
  type MatrixContent,
  profitSums,
  scaledSum,
} from "./extended-risk-matrix-entries.ts";
import { entryLine } from "./extended-risk-matrix-entry-line.ts";
import { matrixSetId } from "./extended-risk-matrix-scenarios.ts";
import { section } from "./extended-risk-matrix-sections.ts";

export interface WorstCase {
  /** Rounded requirement of all matrices together. */
  readonly line: Line;
  readonly matrices: readonly RiskMatrix[];
}

/**
 * Worst case of an account: every matrix at its own worst entry, added; matrices whose currency is in the correlation
 * set are first added scenario by scenario. The first entry wins a tie.
 *
 * @param contents matrices of the account, all in `unit`
 * @param unit     settlement currency, or USD
 * @param decimals of the rounded sum
 * @param cube     revalued scenarios by set id; not asked for a matrix without positions
 * @param detail   whether the lines go down to positions; amounts are the same either way
 * @param prefix   id of the line, e.g. `BTC/initial/matrix/worst-case`
 */
export function worstCase(
  contents: readonly MatrixContent[],
  unit: string,
  decimals: number,
  cube: (setId: string) => PnlCube,
  detail: boolean,
  prefix: string,
): WorstCase {
  const build = lines(unit);
  const matrices: RiskMatrix[] = [];
  const losses: Line[] = [];
  for (const group of correlationGroups(contents.map((content) => evaluate(content, cube)))) {
    const binding = firstWorst(group);
    const name = group.map(({ content }) => content.id).join("+");
    const id = `${prefix}/${name}`;
    const children = group.map((matrix) => entryLine(matrix, binding, detail, `${id}/entry-${matrix.content.id}`));
    const loss = build.loss(id, `Worst case of ${name}`, section.worstCase, children, {
      component: "scenario",
      inputs: bindingInputs(group, binding),
    });
    losses.push(loss);
    for (const matrix of group) matrices.push(riskMatrix(matrix, loss.amount > 0 ? binding : undefined));
  }
  const total = build.sum(`${prefix}/unrounded`, "Worst cases of all bases", section.worstCase, losses, {
    component: "scenario",
  });
  const line = build.round(prefix, "Worst case", section.rounding, decimals, total, {
    component: "scenario",
    inputs: [{ label: "decimals", value: decimals, parameter: "/general/worstCaseDecimals" }],
  });
  return { line, matrices };
}

export interface WorstAmount {
  /** Rounded requirement of all matrices together, as of `worstCase`. */
  readonly amount: number;
  /** With the binding cell only. */
  readonly matrices: readonly RiskMatrix[];
}

/** Amount of `worstCase` bit for bit, without lines. */
export function worstAmount(
  contents: readonly MatrixContent[],
  decimals: number,
  cube: (setId: string) => PnlCube,
): WorstAmount {
  const matrices: RiskMatrix[] = [];
  const losses: number[] = [];
  for (const group of correlationGroups(contents.map((content) => evaluate(content, cube)))) {
    const binding = firstWorst(group);
    const entry = sum(group.map(({ entries }) => entries[binding] ?? 0));
    if (!Number.isFinite(entry)) throw new DomainError("an entry of a matrix must be a finite number", entry);
    const loss = Math.max(0, -entry);
    losses.push(loss);
    for (const matrix of group) matrices.push(bindingCell(matrix, loss > 0 ? binding : undefined));
  }
  return { amount: roundTo(sum(losses), decimals), matrices };
}

function bindingCell(matrix: EvaluatedMatrix, binding: number | undefined): RiskMatrix {
  return binding === undefined ? riskMatrix(matrix, binding, []) : riskMatrix(matrix, binding, [binding]);
}

function evaluate(content: MatrixContent, cubeOf: (setId: string) => PnlCube): EvaluatedMatrix {
  const cube = content.vectors.length > 0 ? cubeOf(matrixSetId(content.underlying)) : undefined;
  const profits = profitSums(content, cube);
  const steps = content.columns.map((column) => entrySteps(content, column));
  const scaled = steps.map((step, c) => scaledSum(step, profits[c] ?? Number.NaN));
  return { content, cube, profits, steps, scaled, entries: steps.map((s, c) => aggregatedEntry(s, scaled[c] ?? 0)) };
}

/** Every matrix outside the correlation set alone, those in it together behind them; in the order given. */
export function correlationGroups<Matrix extends Pick<EvaluatedMatrix, "content">>(
  matrices: readonly Matrix[],
): (readonly Matrix[])[] {
  const correlated = matrices.filter(({ content }) => content.offset.rules.correlationSet);
  const alone = matrices.filter(({ content }) => !content.offset.rules.correlationSet).map((matrix) => [matrix]);
  return correlated.length === 0 ? alone : [...alone, correlated];
}

/** Column of the smallest sum of entries, the first of equals. */
function firstWorst(group: readonly EvaluatedMatrix[]): number {
  const [first] = group;
  const width = first?.entries.length ?? 0;
  let worst = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 0; c < width; c++) {
    const entry = group.length === 1 ? (first?.entries[c] ?? 0) : sum(group.map(({ entries }) => entries[c] ?? 0));
    if (entry < least) [worst, least] = [c, entry];
  }
  return worst;
}

function bindingInputs(group: readonly EvaluatedMatrix[], binding: number): LineInput[] {
  const column = group[0]?.content.columns[binding];
  if (column === undefined) return [];
  return [
    { label: "scenario", value: column.label },
    { label: "table", value: column.group },
    { label: "entry", value: binding + 1 },
  ];
}

function riskMatrix(
  { content, scaled, entries }: EvaluatedMatrix,
  binding: number | undefined,
  shown: readonly number[] = [...content.columns.keys()],
): RiskMatrix {
  const cells = shown.flatMap((c): readonly MatrixCell[] => {
    const column = content.columns[c];
    if (column === undefined) return [];
    const { scenarioId, label, priceMove, volatility, group } = column;
    const [beforeOffsets, amount] = [scaled[c] ?? 0, entries[c] ?? 0];
    return [{ scenarioId, label, priceMove, volatility, group, beforeOffsets, amount }];
  });
  const bindingScenarioId = binding === undefined ? undefined : content.columns[binding]?.scenarioId;
  return {
    setId: matrixSetId(content.underlying),
    title: matrixTitle(content),
    unit: content.unit,
    cells,
    ...(bindingScenarioId === undefined ? {} : { bindingScenarioId }),
  };
}

export function matrixTitle({ id }: Pick<MatrixContent, "id">): string {
  return `Risk matrix of ${id}`;
}
