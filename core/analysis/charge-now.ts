import { chargeOfAmounts } from "../margin/index.ts";
import type { Book, Charge, MethodologyUnderRules } from "../methodology/index.ts";
import { bestEngine, type RevaluationKernel, runKernel } from "../revaluation/index.ts";
import type { Scenario } from "../scenario/index.ts";
import { type BookEdit, editedMerge } from "./book-edit.ts";
import { unshockedGreeks } from "./book-greeks.ts";
import { holdingsOf } from "./holdings.ts";
import { mergedBook } from "./merged-book.ts";
import { mergedPoints } from "./merged-points.ts";
import { pointCubes } from "./point-cubes.ts";
import { type ShockedBook, shockedBook } from "./shocked-book.ts";
import { editedSums, emptyStore, type Summing, type SumStore, wholeSums } from "./sum-store.ts";
import { chargeAt, type SurfacePoint, surfacePoint } from "./surface-point.ts";

const still: Scenario = { id: "still", label: "", priceMove: 0 };

/** The book that a what-if starts from, and its edit. */
export interface EditOf {
  readonly book: Book;
  readonly edit: BookEdit;
}

/**
 * The charge of a book at the unshocked market with its statement, its options added up where the methodology allows:
 * what the remarks of a surface are read from.
 *
 * @param of how the book came about, when it is that of a what-if
 */
export function chargeNow(
  book: Book,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
  of: EditOf = { book, edit: { changed: [], added: [], rest: book } },
): Charge {
  const whole = mergedBook(of.book, methodology.mergesOptions);
  if (whole === undefined) {
    const holdings = holdingsOf(book);
    const now = shockedBook(book, holdings, still, new Float64Array(holdings.instruments.length));
    return chargeAt(now, methodology, pointCubes(holdings.instruments, kernel), true);
  }
  const sets = methodology.scenarios(whole.book);
  const store = stores.get(of.book) ?? emptyStore(whole, sets, 1, 1);
  if (store !== undefined) stores.set(of.book, store);
  const edited = of.book === book ? undefined : editedMerge(whole, of.book, of.edit);
  const summing: Summing =
    edited === undefined ? wholeSums(whole, sets, store) : editedSums(whole, edited, sets, store);
  const charges: Charge[] = [];
  const points = mergedPoints(edited?.merged ?? whole, methodology, kernel, summing, (charge) => charges.push(charge));
  const row = { priceMoves: new Float64Array(1), shock: undefined, scenarios: [still] };
  for (const _ of points(bestEngine(), { block: 0, first: 0, rows: [row] })) break;
  const [charge] = charges;
  return charge ?? { accounts: [], remarks: [] };
}

/** Sums at the unshocked market, for the next edit of the same book. */
const stores = new WeakMap<Book, SumStore>();

/**
 * The unshocked point of a surface whose options are added up elsewhere, from single positions: its requirements are those
 * of `runMargin` bit for bit. Made once for each book.
 *
 * @param from the book it is an edit of
 */
export function unshockedPoint(
  book: Book,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel = runKernel(),
  from?: Book,
): SurfacePoint {
  const known = unshockedPoints.get(book);
  if (known?.methodology === methodology && known.kernel === kernel) return known.point;
  const holdings = holdingsOf(book, from);
  const now: ShockedBook = { book, terms: [], profits: new Map() };
  const point = surfacePoint(now, unshockedGreeks(holdings), chargeOfAmounts(book, methodology, kernel));
  unshockedPoints.set(book, { methodology, kernel, point });
  return point;
}

const unshockedPoints = new WeakMap<
  Book,
  { readonly methodology: MethodologyUnderRules; readonly kernel: RevaluationKernel; readonly point: SurfacePoint }
>();
