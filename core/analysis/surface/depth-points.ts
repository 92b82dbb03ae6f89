import { DomainError, sum } from "../../base/index.ts";
import { underRules } from "../../margin/index.ts";
import { type Book, type Charge, catalog, type MethodologyUnderRules, usdPerUnit } from "../../methodology/index.ts";
import { type BlockWork, bestKernel, type RevaluationKernel, type WorkKind } from "../../revaluation/index.ts";
import { type BookEdit, editedBook } from "../book-edit.ts";
import { bookGreeks } from "../book-greeks.ts";
import { type Holdings, holdingsOf } from "../holdings.ts";
import { evenCuts } from "../point-blocks.ts";
import { type BookMover, bookMover } from "../reverse-stress/moved-book.ts";
import type { ShockedBook } from "../shocked-book.ts";
import { type SurfacePoint, surfacePoint } from "../surface-point.ts";
import { pointWidth, writePoint } from "../surface-record.ts";
import { displacementAt, type SurfaceDepth } from "./surface-axes.ts";

/** Points of a surface in depth as plain data, which any thread can compute. */
export interface DepthPointsInput {
  /** Id in the catalogue. */
  readonly methodology: string;
  readonly parameters: unknown;
  readonly book: Book;
  /** Turns `book` into the book that is charged. */
  readonly edit?: BookEdit;
  readonly depth: SurfaceDepth;
  /** Moves of each point, columns and rows; one length. */
  readonly priceMoves: Float64Array;
  readonly volatilityChanges: Float64Array;
}

/** Points of a surface in depth as work of any thread; `surfacePointsOf` reads the result. */
export const depthPointsKind: WorkKind<DepthPointsInput> = {
  name: "surface-depth-points",
  make(input) {
    return depthPointsWork(input, ruledMethodology(input), bestKernel());
  },
};

/** A methodology of the catalogue under parameters, as threads get them. */
export function ruledMethodology(input: Pick<DepthPointsInput, "methodology" | "parameters">): MethodologyUnderRules {
  const methodology = catalog.get(input.methodology);
  const under = methodology && underRules(methodology, input);
  if (under?.ok !== true) throw new DomainError("a methodology of the catalogue is needed", input.methodology);
  return under.value;
}

/** The blocks of points: each point by the methodology's own charge at its moved market. */
export function depthPointsWork(
  input: Omit<DepthPointsInput, "methodology" | "parameters">,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
): BlockWork {
  const { book, edit, depth, priceMoves, volatilityChanges } = input;
  const at = pointMover(edit === undefined ? book : editedBook(book, edit), depth, methodology, kernel);
  const cuts = evenCuts(priceMoves.length, book.positions.length);
  const startOf = (block: number): number => cuts[block] ?? priceMoves.length;
  return {
    blocks: cuts.length,
    length: priceMoves.length * pointWidth,
    range: (block) => [startOf(block) * pointWidth, startOf(block + 1) * pointWidth],
    run(_, block, out, note, goOn) {
      for (let point = startOf(block); point < startOf(block + 1); point++) {
        goOn();
        const moved = at.moved(priceMoves[point] ?? 0, volatilityChanges[point] ?? 0);
        writePoint(out, point - startOf(block), at.point(moved), note);
      }
    },
  };
}

/** A book at the points of a surface in depth. */
export interface PointMover {
  readonly underlyings: BookMover["underlyings"];
  /** The book itself where nothing moves. */
  readonly moved: (priceMove: number, change: number) => ShockedBook;
  readonly charge: (moved: ShockedBook, detail: boolean | "amounts") => Charge;
  readonly point: (moved: ShockedBook) => SurfacePoint;
}

/**
 * A book at the points of a surface in depth: every underlying moves as its axis says, time passes, what expires is settled at the moved prices,
 * and the methodology is asked anew. Where nothing moves the book stays as it is, margin balances that the venue stated included.
 */
export function pointMover(
  book: Book,
  depth: SurfaceDepth,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
): PointMover {
  const mover = bookMover(book, methodology, kernel);
  const names = mover.underlyings.map(({ underlying }) => underlying);
  const holdings = holdingsOf(book);
  const still: ShockedBook = { book, terms: holdings.instruments.map(({ terms }) => terms), profits: new Map() };
  return {
    underlyings: mover.underlyings,
    moved(priceMove, change) {
      const displacement = displacementAt(depth, names, priceMove, change);
      return displacement === undefined ? still : mover.moved(displacement);
    },
    charge: mover.charge,
    point(moved) {
      const charge = mover.charge(moved, "amounts");
      const point = surfacePoint(moved, bookGreeks(moved.terms, heldAt(holdings, moved)), charge);
      if (point.headroom !== undefined || moved.book.positions.length > 0) return point;
      const room = equityOf(moved.book);
      return { ...point, headroom: room, callRoom: room };
    },
  };
}

/** Where everything is settled nothing is required: the room is what is left, USD. */
function equityOf({ balances, indices }: Book): number {
  return sum(balances.map(({ currency, equity }) => equity * usdPerUnit(indices, currency)));
}

/** Holdings without what was settled. */
function heldAt(holdings: Holdings, { terms }: ShockedBook): Holdings {
  const { instruments, quantities } = holdings;
  const isSettled = (row: number): boolean => terms[row]?.years === 0 && (instruments[row]?.terms.years ?? 0) > 0;
  if (!instruments.some((_, row) => isSettled(row))) return holdings;
  return { ...holdings, quantities: quantities.map((quantity, row) => (isSettled(row) ? 0 : quantity)) };
}
