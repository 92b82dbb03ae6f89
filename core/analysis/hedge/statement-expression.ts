import { type AccountCharge, type Line, type MatrixCell, type RiskMatrix, walk } from "../../methodology/index.ts";
import { requirementUsd } from "./hedge-book.ts";
import {
  type ExpressionKink,
  type ExpressionRow,
  expressionAmount,
  type MarginExpression,
} from "./margin-expression.ts";

/** A charge somewhere near the start: one instrument moved by a step. */
export interface Probe {
  /** Place of the instrument. */
  readonly instrument: number;
  /** Bought > 0, sold < 0; never 0. */
  readonly step: number;
  /** Of a second probe of the side: where the first one stood; the slope from there on is measured. */
  readonly beyond?: number;
  readonly accounts: readonly AccountCharge[];
}

export interface StatedExpression {
  readonly expression: MarginExpression;
  /** Scenario rows of the programme. */
  readonly scenarios: number;
  /** Largest requirements written as rows of their components. */
  readonly maxima: number;
}

/**
 * The requirement of a methodology as a convex expression near a start, read from its statement: worst cases of risk matrices become one row a
 * scenario, maxima one row a component, sums, products and roundings are followed, and what is left is taken along the slopes that the
 * probes measure, for buying and selling apart. Exact where charges are linear in the quantities; elsewhere to be stated anew at the answer.
 *
 * @param start  accounts at the start
 * @param probes one or two an instrument, and a second one of a side where a position would be closed on the way
 * @param count  number of instruments
 * @source resources/docs/hedging.md, section 4
 */
export function statedExpression(
  start: readonly AccountCharge[],
  probes: readonly Probe[],
  count: number,
  requirement: "initial" | "maintenance",
): StatedExpression {
  const places: Place[] = [
    { accounts: start, moved: new Float64Array(count) },
    ...probes.map(({ instrument, step, accounts }) => {
      const moved = new Float64Array(count);
      moved[instrument] = step;
      return { accounts, moved };
    }),
  ];
  const given: Given = { places, probes, count, amounts: places.map((place) => amountsById(place.accounts)) };
  const parts = start.flatMap((account) =>
    partsOf(account[requirement], account.usdPerUnit, { account: account.id, left: [...account.matrices] }, given),
  );
  const totals = places.map(({ accounts }) => requirementUsd(accounts, requirement));
  const expression = withRemainder(parts, totals, given);
  return { expression, ...countsOf(expression) };
}

interface Place {
  readonly accounts: readonly AccountCharge[];
  readonly moved: Float64Array;
}

interface Given {
  /** The start first, then the probes. */
  readonly places: readonly Place[];
  readonly probes: readonly Probe[];
  readonly count: number;
  /** Line id -> amount, at each place. */
  readonly amounts: readonly ReadonlyMap<string, number>[];
}

interface Part {
  readonly factor: number;
  readonly expression: MarginExpression;
}

/** The matrices of an account that no line has been found to be the worst case of. */
interface OwnMatrices {
  readonly account: string;
  readonly left: RiskMatrix[];
}

/** The convex parts of a line that are more than slopes. */
function partsOf(line: Line, factor: number, matrices: OwnMatrices, given: Given): Part[] {
  if (factor < 0) return [];
  const group = matrixGroup(line, matrices.left);
  if (group !== undefined) {
    for (const one of group) matrices.left.splice(matrices.left.indexOf(one), 1);
    return [{ factor, expression: worstOf(line, group, matrices.account, given) }];
  }
  const { combine, children } = line;
  if (combine.kind === "sum" || combine.kind === "round")
    return children.flatMap((child) => partsOf(child, factor, matrices, given));
  if (combine.kind === "product")
    return children.flatMap((child) => partsOf(child, factor * combine.factor, matrices, given));
  if (combine.kind === "max" && varies(line, given)) {
    const parts = children.map((child) => {
      const own = partsOf(child, 1, matrices, given);
      return { label: child.label, expression: withRemainder(own, amountsOf(child.id, given), given) };
    });
    return [{ factor, expression: { kind: "max", parts } }];
  }
  return [];
}

/** Whether some probe changes a child of a line. */
function varies({ children }: Line, { amounts }: Given): boolean {
  return children.some(({ id, amount }) => amounts.some((at) => (at.get(id) ?? 0) !== amount));
}

const matching = 1e-9;

/** The matrices whose worst case a line is: one alone, or those of one list of scenarios added up. */
function matrixGroup(line: Line, matrices: readonly RiskMatrix[]): readonly RiskMatrix[] | undefined {
  if (line.component !== "scenario" && line.combine.kind !== "loss") return undefined;
  if (line.combine.kind === "sum" || line.combine.kind === "round") return undefined;
  const fits = (group: readonly RiskMatrix[]): boolean => {
    const worst = worstOfGroup(group);
    return (
      worst > 0 && group.every(({ unit }) => unit === line.unit) && Math.abs(worst - line.amount) <= matching * worst
    );
  };
  const alone = matrices.find((matrix) => fits([matrix]));
  if (alone !== undefined) return [alone];
  const together = matrices.filter(({ cells }) => sameScenarios(cells, matrices[0]?.cells ?? []));
  return together.length > 1 && fits(together) ? together : undefined;
}

function sameScenarios(one: readonly MatrixCell[], other: readonly MatrixCell[]): boolean {
  return one.length === other.length && one.every(({ scenarioId }, at) => scenarioId === other[at]?.scenarioId);
}

function worstOfGroup(group: readonly RiskMatrix[]): number {
  const [first] = group;
  const losses = (first?.cells ?? []).map(
    (_, c) => -group.reduce((total, { cells }) => total + (cells[c]?.amount ?? 0), 0),
  );
  return Math.max(0, ...losses);
}

/** One row a scenario; profits of a unit from the cells of the probes, after the method's own offsets. */
function worstOf(line: Line, group: readonly RiskMatrix[], account: string, given: Given): MarginExpression {
  const [first] = group;
  const keys = group.map(({ setId, title }) => `${setId}\n${title}`);
  const cellsAt = given.places.map(({ accounts }) =>
    cellSums(
      accounts.filter(({ id }) => id === account),
      keys,
    ),
  );
  const rows = (first?.cells ?? []).map(({ scenarioId, label }): ExpressionRow => {
    const values = cellsAt.map((cells) => cells.get(scenarioId));
    const profit = values[0] ?? 0;
    const slopes = slopesOf(
      values.map((value) => value ?? profit),
      given,
    );
    const unitProfits = slopes.buy.map((buy, k) => 0.5 * (buy - (slopes.sell[k] ?? 0)));
    return { id: scenarioId, label, profit, unitProfits };
  });
  return { kind: "worst", label: group.map(({ title }) => title).join(" + ") || line.label, rows };
}

/** Scenario -> sum of the cells of the matrices with these keys. */
function cellSums(accounts: readonly AccountCharge[], keys: readonly string[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { matrices } of accounts)
    for (const { setId, title, cells } of matrices)
      if (keys.includes(`${setId}\n${title}`))
        for (const { scenarioId, amount } of cells) sums.set(scenarioId, (sums.get(scenarioId) ?? 0) + amount);
  return sums;
}

/** Parts, and what amounts are beyond them along the slopes of the probes. */
function withRemainder(parts: readonly Part[], amounts: readonly number[], given: Given): MarginExpression {
  const rest = amounts.map((amount, at) => {
    const moved = given.places[at]?.moved ?? new Float64Array(0);
    return parts.reduce((left, { factor, expression }) => left - factor * expressionAmount(expression, moved), amount);
  });
  const slopes = slopesOf(rest, given);
  const { buy, sell } = convexSlopes(slopes);
  const kinks = kinksOf(rest, slopes, given);
  const base = { kind: "linear" as const, base: rest[0] ?? 0, buy, sell };
  const remainder: MarginExpression = kinks.length === 0 ? base : { ...base, kinks };
  return { kind: "sum", parts: [{ factor: 1, expression: remainder }, ...parts] };
}

function amountsOf(id: string, { amounts }: Given): readonly number[] {
  return amounts.map((at) => at.get(id) ?? 0);
}

function amountsById(accounts: readonly AccountCharge[]): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (const { initial, maintenance } of accounts)
    for (const top of [initial, maintenance]) for (const { id, amount } of walk(top)) amounts.set(id, amount);
  return amounts;
}

interface Slopes {
  /** Change of the amount for one unit bought, and for one sold. */
  readonly buy: Float64Array;
  readonly sell: Float64Array;
}

/** Slopes from the amounts at the start and at the probes; a side without a probe takes the other's, reversed. */
function slopesOf(amounts: readonly number[], { probes, count }: Given): Slopes {
  const buy = new Float64Array(count).fill(Number.NaN);
  const sell = new Float64Array(count).fill(Number.NaN);
  const start = amounts[0] ?? 0;
  probes.forEach(({ instrument, step, beyond }, at) => {
    if (beyond !== undefined) return;
    const slope = ((amounts[at + 1] ?? start) - start) / Math.abs(step);
    if (step > 0) buy[instrument] = slope;
    else sell[instrument] = slope;
  });
  for (let k = 0; k < count; k++) {
    const [up, down] = [buy[k] as number, sell[k] as number];
    if (Number.isNaN(up)) buy[k] = Number.isNaN(down) ? 0 : -down;
    if (Number.isNaN(down)) sell[k] = -(buy[k] as number);
  }
  return { buy, sell };
}

/** Places beyond which charges grow faster, by the second probe of a side. */
function kinksOf(amounts: readonly number[], near: Slopes, { probes }: Given): readonly ExpressionKink[] {
  const start = amounts[0] ?? 0;
  return probes.flatMap(({ instrument, step, beyond }, at): ExpressionKink[] => {
    if (beyond === undefined) return [];
    const side = step > 0 ? "buy" : "sell";
    const slope = near[side][instrument] ?? 0;
    const far = ((amounts[at + 1] ?? start) - start - slope * beyond) / (Math.abs(step) - beyond);
    const extra = far - slope;
    return extra > 0 ? [{ instrument, side, at: beyond, extra }] : [];
  });
}

/** Where both sides together would save, the kink is not convex: the mean slope stands for both, so that nothing is bought and sold at once. */
function convexSlopes({ buy, sell }: Slopes): Slopes {
  const mean = buy.map((up, k) => 0.5 * (up - (sell[k] ?? 0)));
  const isConvex = (k: number): boolean => (buy[k] ?? 0) + (sell[k] ?? 0) >= 0;
  return {
    buy: buy.map((up, k) => (isConvex(k) ? up : (mean[k] ?? 0))),
    sell: sell.map((down, k) => (isConvex(k) ? down : -(mean[k] ?? 0))),
  };
}

function countsOf(expression: MarginExpression): { readonly scenarios: number; readonly maxima: number } {
  if (expression.kind === "worst") return { scenarios: expression.rows.length, maxima: 0 };
  if (expression.kind !== "sum" && expression.kind !== "max") return { scenarios: 0, maxima: 0 };
  const below = expression.parts.map((part) => countsOf(part.expression));
  return {
    scenarios: below.reduce((total, one) => total + one.scenarios, 0),
    maxima: below.reduce((total, one) => total + one.maxima, expression.kind === "max" ? 1 : 0),
  };
}
