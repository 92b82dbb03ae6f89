import { type Result, success, sum, type Work } from "../base/index.ts";
import type { StatedCell, StatedVector, VenueStatement } from "../import/index.ts";
import { buildBook, cubesOf, type MarginResult, type MarginRun } from "../margin/index.ts";
import { hasUsdRate, type MatrixCell, type RiskMatrix, usdPerUnit } from "../methodology/index.ts";
import { bestKernel, type PnlCube } from "../revaluation/index.ts";
import { type Agreement, agreementOf } from "./compared-lines.ts";

/** One scenario cell beside the venue's. */
export interface CellBreak {
  /** The venue's vector: `initial_risk_vectors.BTC-PERPETUAL`. */
  readonly vector: string;
  readonly cell: string;
  readonly unit: string;
  /** Profit and loss; gain > 0. */
  readonly own: number;
  readonly charged: number;
  readonly difference: number;
}

export interface CellComparison {
  readonly compared: number;
  readonly matched: number;
  readonly withinRounding: number;
  /** Cells further apart, largest first; at most 50. */
  readonly open: readonly CellBreak[];
  readonly openCount: number;
  /** Stated cells without a counterpart: other moves, or instruments we do not hold. */
  readonly notComparable: number;
}

const listedCells = 50;

/**
 * Scenario profit and loss beside the venue's: of risk units from our matrices, of instruments from the revaluation.
 *
 * @param run    as it was run
 * @param result of that run
 */
export async function cellComparison(
  run: MarginRun,
  result: MarginResult,
  statement: Pick<VenueStatement, "vectors">,
  work: Work,
): Promise<Result<CellComparison>> {
  const pairs: { readonly vector: StatedVector; readonly cell: StatedCell; readonly own: Own | undefined }[] = [];
  const byInstrument = statement.vectors.some(({ of }) => of === "instrument");
  const profits = byInstrument ? await instrumentProfits(run, work) : success(() => undefined);
  if (!profits.ok) return profits;
  for (const vector of statement.vectors) {
    const matrix = matrixOf(result, vector);
    for (const cell of vector.cells) {
      const ours = matrix === undefined ? [] : cellsOf(matrix, cell);
      pairs.push({ vector, cell, own: ownOf(vector, ours, matrix, profits.value) });
    }
  }
  const found = pairs.flatMap(({ vector, cell, own }) => (own === undefined ? [] : [{ vector, cell, own }]));
  const agreements = found.map(({ vector, cell, own }) => {
    const scale = vector.cells.reduce((largest, { amount }) => Math.max(largest, Math.abs(amount)), 0);
    return agreementOf(own.amount, cell.amount, cell.digit, scale);
  });
  const count = (wanted: Agreement) => agreements.filter((agreement) => agreement === wanted).length;
  const open = found
    .filter((_, at) => agreements[at] === "open")
    .map(({ vector, cell, own }) => ({
      ...{ vector: vector.id, cell: own.label, unit: vector.unit, own: own.amount, charged: cell.amount },
      difference: own.amount - cell.amount,
    }))
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  return success({
    compared: found.length,
    matched: count("matched"),
    withinRounding: count("within-rounding"),
    open: open.slice(0, listedCells),
    openCount: open.length,
    notComparable: pairs.length - found.length,
  });
}

/** Symbol and scenario id (see `profitKey`) -> profit of the whole position, in `unit`. */
export type StatedProfits = ReadonlyMap<string, { readonly amount: number; readonly unit: string }>;

/** One currency in another, at the index of the market. */
export function conversion(indices: ReadonlyMap<string, number>, from: string, to: string): number {
  return from === to ? 1 : usdPerUnit(indices, from) / usdPerUnit(indices, to);
}

/** Stated profits of instruments in our scenarios. */
export async function statedProfits(
  run: MarginRun,
  result: MarginResult,
  statement: Pick<VenueStatement, "vectors">,
  work: Work,
): Promise<Result<StatedProfits>> {
  const profits = await instrumentProfits(run, work);
  if (!profits.ok) return profits;
  const found = new Map<string, { readonly amount: number; readonly unit: string }>();
  for (const vector of statement.vectors) {
    const matrix = vector.of === "instrument" ? matrixOf(result, vector) : undefined;
    if (matrix === undefined || vector.symbol === undefined) continue;
    for (const cell of vector.cells)
      for (const ours of cellsOf(matrix, cell))
        if (ownOf(vector, [ours], matrix, profits.value) !== undefined)
          found.set(profitKey(vector.symbol, ours.scenarioId), { amount: cell.amount, unit: vector.unit });
  }
  return success(found);
}

/** Key of `statedProfits`. */
export function profitKey(symbol: string, scenarioId: string): string {
  return `${symbol} ${scenarioId}`;
}

interface Own {
  readonly label: string;
  readonly amount: number;
}

/** Profit of a symbol in a scenario in a unit, before anything a method does to it. */
type Profits = (setId: string, symbol: string, scenarioId: string, unit: string) => number | undefined;

async function instrumentProfits(run: MarginRun, work: Work): Promise<Result<Profits>> {
  const under = run.methodology.under(run.rules.parameters);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const { book } = built.value;
  const cubes = await cubesOf(book, under.value, run.kernel ?? bestKernel(), work);
  if (!cubes.ok) return cubes;
  const places = new Map<PnlCube, ReadonlyMap<string, number>>();
  for (const cube of cubes.value.values())
    places.set(cube, new Map(cube.scenarios.map(({ id }, place) => [id, place])));
  return success((setId, symbol, scenarioId, unit) => {
    const cube = cubes.value.get(setId);
    const place = cube === undefined ? undefined : places.get(cube)?.get(scenarioId);
    if (cube === undefined || place === undefined) return undefined;
    const held = book.positions.filter(({ position }) => position.instrument.symbol === symbol);
    const amounts = held.flatMap(({ position }) => {
      const row = cube.rowOf.get(position.instrument.id);
      if (row === undefined || !hasUsdRate(book.indices, unit)) return [];
      const rate = conversion(book.indices, position.instrument.settlement, unit);
      return [rate * position.quantity * (cube.values[row * cube.scenarios.length + place] ?? 0)];
    });
    return amounts.length === 0 ? undefined : sum(amounts);
  });
}

/** The matrix of a vector's risk unit: same unit of account, and the underlying in its name. */
function matrixOf(result: MarginResult, { underlying, unit }: StatedVector): RiskMatrix | undefined {
  const matrices = result.accounts.flatMap((account) => account.matrices).filter((matrix) => matrix.unit === unit);
  const wanted = underlying.toUpperCase();
  const named = matrices.filter(({ setId, title }) =>
    `${setId} ${title}`
      .toUpperCase()
      .split(/[^A-Z0-9]+/)
      .includes(wanted),
  );
  return named[0] ?? (matrices.length === 1 ? matrices[0] : undefined);
}

function cellsOf({ cells }: RiskMatrix, { group, place, priceMove, volatility }: StatedCell): readonly MatrixCell[] {
  if (place !== undefined) {
    const cell = cells.filter((one) => one.group === group)[place];
    return cell === undefined ? [] : [cell];
  }
  return cells.filter(
    (cell) =>
      priceMove !== undefined &&
      Math.abs(cell.priceMove - priceMove) < 1e-9 &&
      cell.group === group &&
      (volatility === undefined || cell.volatility === volatility || cell.volatility.startsWith(`${volatility},`)),
  );
}

/** Our figure of a stated cell: the worst of the volatility states where the venue prints one value a move. */
function ownOf(
  vector: StatedVector,
  ours: readonly MatrixCell[],
  matrix: RiskMatrix | undefined,
  profits: Profits,
): Own | undefined {
  if (matrix === undefined) return undefined;
  const candidates = ours.flatMap((cell): Own[] => {
    const label = cell.label;
    if (vector.of === "unit") return [{ label, amount: cell.amount }];
    if (vector.of === "before-offsets") return [{ label, amount: cell.beforeOffsets }];
    const raw =
      vector.symbol === undefined ? undefined : profits(matrix.setId, vector.symbol, cell.scenarioId, vector.unit);
    return raw === undefined ? [] : [{ label, amount: raw }];
  });
  return candidates.reduce<Own | undefined>(
    (worst, own) => (worst === undefined || own.amount < worst.amount ? own : worst),
    undefined,
  );
}
