import { type Book, hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import type { RevaluationKernel } from "../../revaluation/index.ts";
import { holdingsOf } from "../holdings.ts";
import { derivedBook } from "../stress/derived-book.ts";
import { stressedBooks } from "../stress/stressed-book.ts";
import { type LibraryStress, libraryMoments, libraryPoints, worstOfLibrary } from "../what-if/library-stress.ts";
import type { HedgeBook } from "./hedge-book.ts";
import type { ProgramLimit } from "./hedge-program.ts";
import type { HedgeState } from "./hedge-result.ts";

/** Limits of a stress loss as rows, and what is to be said of them. */
export interface StressRows {
  readonly rows: readonly ProgramLimit[];
  readonly notes: readonly string[];
}

/**
 * A bound on the loss in each scenario of the library, along paths at each step, as rows over the quantities traded:
 *
 *     P_s(book) + Σ_k p_sk·h_k ≥ −most
 *
 * Profit is linear in quantities: p_sk is what one unit of an instrument makes in the scenario, at the marks.
 *
 * @param hedge book and instruments; the scenario is resolved for both together
 * @param most  largest loss, USD at the rates of the stressed market; ≥ 0
 * @returns a row a scenario, of paths one a step
 */
export function stressLossRows(hedge: HedgeBook, stress: LibraryStress, most: number): StressRows {
  const { tradable, built, kernel } = hedge;
  const held = built.book.positions;
  const joined = derivedBook({ ...built.book, positions: [...held, ...tradable] });
  const moments = libraryMoments(stress, joined);
  const at = stressedBooks(
    joined,
    moments.map(({ shocks }) => shocks),
    kernel,
  );
  const { instruments, instrumentOf } = holdingsOf(joined);
  const unitRows = tradable.map((_, k) => instrumentOf[held.length + k] ?? -1);
  // A trade in what is held changes the first position in it, at the terms it stands at.
  const tradedRows = tradable.map(({ position: { instrument } }, k) => {
    const first = held.findIndex(({ position }) => position.instrument.id === instrument.id);
    return first >= 0 ? (instrumentOf[first] ?? -1) : (unitRows[k] ?? -1);
  });
  const notes = new Set<string>();
  const rows = moments.map(({ point, step }, place): ProgramLimit => {
    const { unitProfits, pnlUsd, book, remarks } = at(place);
    for (const remark of remarks) notes.add(remark);
    const unit = (row: number): number => {
      const settlement = instruments[row]?.instrument.settlement ?? "USD";
      return hasUsdRate(book.indices, settlement) ? usdPerUnit(book.indices, settlement) * (unitProfits[row] ?? 0) : 0;
    };
    const where = step === undefined ? point.label : `${point.label}, ${step}`;
    return {
      ...{ kind: "limit", of: "stress loss", label: `stress loss in ${where}` },
      base: unitRows.reduce((total, row) => total - unit(row), pnlUsd),
      ...{ slopes: Float64Array.from(tradedRows, unit), lower: -most, upper: Number.POSITIVE_INFINITY },
    };
  });
  return { rows, notes: [...notes] };
}

/** Stress of a book as it stands: the profit in each scenario, of a path at its worst step. */
export function stressOf(
  book: Book,
  stress: LibraryStress | undefined,
  kernel: RevaluationKernel,
): Pick<HedgeState, "stress" | "worstStress"> {
  if (stress === undefined) return {};
  const points = libraryPoints(book, stress, kernel);
  const worstStress = worstOfLibrary(points);
  return { stress: points, ...(worstStress === undefined ? {} : { worstStress }) };
}
