import { DomainError } from "../base/index.ts";
import { underRules } from "../margin/index.ts";
import { type Book, catalog, type MethodologyUnderRules } from "../methodology/index.ts";
import { type BlockWork, bestKernel, type RevaluationKernel, type WorkKind } from "../revaluation/index.ts";
import { type BookEdit, editedBook, editedMerge } from "./book-edit.ts";
import { bookGreeks } from "./book-greeks.ts";
import { holdingsOf } from "./holdings.ts";
import { type MergedBook, mergedBook } from "./merged-book.ts";
import { mergedPoints, type RowsOfPoints } from "./merged-points.ts";
import { evenCuts, groupedRows, type Places } from "./point-blocks.ts";
import { pointCubes } from "./point-cubes.ts";
import { pointRows, type VerticalMode } from "./point-rows.ts";
import { shockedBook } from "./shocked-book.ts";
import { stressPointsKind } from "./stress/stress-work.ts";
import { editedSums, type SumStore, wholeSums } from "./sum-store.ts";
import { borderKind } from "./surface/border-work.ts";
import { depthPointsKind } from "./surface/depth-points.ts";
import { chargeAt, type SurfacePoint, surfacePoint } from "./surface-point.ts";
import { pointWidth, readPoint, writePoint } from "./surface-record.ts";

/** Points of a surface as plain data, which any thread can compute. */
export interface SurfacePointsInput {
  /** Id in the catalogue. */
  readonly methodology: string;
  readonly parameters: unknown;
  readonly book: Book;
  /** Turns `book` into the book that is charged: threads keep the book, and get the edit. */
  readonly edit?: BookEdit;
  /** Sums of `book` from earlier works of the same points. */
  readonly store?: SumStore;
  readonly volatilityMode: VerticalMode;
  /** Shocks of each point; one length. */
  readonly priceMoves: Float64Array;
  readonly volatilityChanges: Float64Array;
  /** Charges single positions even where the methodology lets options be added up. */
  readonly plain?: boolean;
}

/** Points of a surface as work of any thread; `surfacePointsOf` reads the result. */
export const surfacePointsKind: WorkKind<SurfacePointsInput> = {
  name: "margin-surface-points",
  make(input) {
    const methodology = catalog.get(input.methodology);
    const under = methodology && underRules(methodology, input);
    if (under?.ok !== true) throw new DomainError("a methodology of the catalogue is needed", input.methodology);
    return surfacePointsWork(input, under.value, bestKernel());
  },
};

/** Every kind of work of this stage, for threads to find by name. */
export const analysisKinds: readonly WorkKind<never>[] = [
  surfacePointsKind,
  depthPointsKind,
  borderKind,
  stressPointsKind,
];

/** The blocks of points: each point by the methodology's own charge at its shocked market. */
export function surfacePointsWork(
  input: Omit<SurfacePointsInput, "methodology" | "parameters">,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
): BlockWork {
  const { book, priceMoves, volatilityMode } = input;
  const whole = input.plain === true ? undefined : mergedBook(book, methodology.mergesOptions);
  const compute = pointsOfWork(input, whole, methodology, kernel);
  const cuts = blocksOfSurface(input, book, whole, methodology);
  const rowsOf = pointRows(input, volatilityMode, cuts);
  const startOf = (block: number): number => cuts[block]?.[0] ?? priceMoves.length;
  return {
    blocks: cuts.length,
    length: priceMoves.length * pointWidth,
    range: (block) => [startOf(block) * pointWidth, startOf(block + 1) * pointWidth],
    run(engine, block, out, note, goOn) {
      let at = 0;
      for (const point of compute(engine, { block, first: startOf(block), rows: rowsOf(block) })) {
        writePoint(out, at, point, note);
        at += 1;
        goOn();
      }
    },
  };
}

/** First points of the rows of each block. Blocks depend on the book before an edit, so that its sums fit. */
export function blocksOfSurface(
  places: Places,
  book: Book,
  whole: MergedBook | undefined,
  methodology: MethodologyUnderRules,
): readonly (readonly number[])[] {
  if (whole !== undefined) return groupedRows(places, book.positions.length, methodology.scenarios(whole.book));
  return evenCuts(places.priceMoves.length, book.positions.length).map((cut) => [cut]);
}

function pointsOfWork(
  { book, edit, store }: Pick<SurfacePointsInput, "book" | "edit" | "store">,
  whole: MergedBook | undefined,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
): RowsOfPoints {
  if (whole === undefined) return plainPoints(edit ? editedBook(book, edit) : book, methodology, kernel);
  const sets = methodology.scenarios(whole.book);
  if (edit === undefined) return mergedPoints(whole, methodology, kernel, wholeSums(whole, sets, store));
  const edited = editedMerge(whole, book, edit);
  return mergedPoints(edited.merged, methodology, kernel, editedSums(whole, edited, sets, store));
}

/** Every position on its own, point after point. */
function plainPoints(book: Book, methodology: MethodologyUnderRules, kernel: RevaluationKernel): RowsOfPoints {
  const holdings = holdingsOf(book);
  const cubes = pointCubes(holdings.instruments, kernel);
  const unitProfits = new Float64Array(holdings.instruments.length);
  return function* (_, { rows }) {
    const scenarios = rows.flatMap((row) => row.scenarios);
    const units = kernel.unitPnl(holdings.instruments, scenarios);
    for (const [at, scenario] of scenarios.entries()) {
      for (let row = 0; row < unitProfits.length; row++)
        unitProfits[row] = units[row * scenarios.length + at] as number;
      const shocked = shockedBook(book, holdings, scenario, unitProfits);
      const charge = chargeAt(shocked, methodology, cubes, "amounts");
      yield surfacePoint(shocked, bookGreeks(shocked.terms, holdings), charge);
    }
  };
}

/** The points of a result, in the order of the input. */
export function surfacePointsOf(
  work: Pick<BlockWork, "range">,
  { values, notes }: { readonly values: Float64Array; readonly notes: readonly (readonly string[])[] },
): readonly SurfacePoint[] {
  return notes.flatMap((texts, block) => {
    const [from, to] = work.range?.(block) ?? [0, 0];
    return Array.from({ length: (to - from) / pointWidth }, (_, at) =>
      readPoint(values, from + at * pointWidth, texts),
    );
  });
}
