import type { Book } from "../../methodology/index.ts";
import type { RevaluationKernel } from "../../revaluation/index.ts";
import type { FactorBetas, StressScenario } from "../../scenario/index.ts";
import { derivedBook } from "../stress/derived-book.ts";
import { type StressSetChoice, stressEntries } from "../stress/run-stress.ts";
import { type ResolvedShocks, resolveShocks } from "../stress/stress-shocks.ts";
import { stressedBooks } from "../stress/stressed-book.ts";
import type { BookState } from "./book-state.ts";
import type { LibraryPoint, WorstScenario } from "./what-if-result.ts";

/** Scenarios of the library that a ticket is held against, all shocks of each at once. */
export interface LibraryStress {
  readonly entries: readonly { readonly point: Omit<LibraryPoint, "profitUsd">; readonly scenario: StressScenario }[];
  readonly betas?: FactorBetas | undefined;
  /** Equal for equal scenarios. */
  readonly key: string;
}

/** Scenarios of sets in their order; two sets of one name keep theirs apart. */
export function libraryStress(sets: readonly StressSetChoice[], betas: FactorBetas | undefined): LibraryStress {
  const entries = stressEntries({ sets, days: [0] }).map(({ id, set, setName, scenario }) => ({
    point: { id, set, setName, scenarioId: scenario.id, label: scenario.label },
    scenario,
  }));
  const key = JSON.stringify([entries.map(({ point, scenario }) => [point, shocksOf(scenario)]), betas]);
  return { entries, betas, key };
}

const shocksOf = ({ shocks, stickiness }: StressScenario) => [shocks, stickiness];

/** The shocks of each scenario for a book. */
export function resolvedEntries({ entries, betas }: LibraryStress, book: Book): readonly ResolvedShocks[] {
  return entries.map(({ scenario }) => resolveShocks(scenario, book, { scale: 1, days: 0, betas }));
}

/**
 * A side of a what-if with its profit in each scenario of the library; the worst stress is the lowest of these and of the scenarios of price
 * and volatility. The whole book is moved: a factor may stand still because of another position.
 *
 * @param state  a side
 * @param stress absent: the side as it is
 */
export function withLibrary<State extends BookState>(
  state: State,
  stress: LibraryStress | undefined,
  kernel: RevaluationKernel,
): State {
  if (stress === undefined) return state;
  const library = pointsOf(state.built.book, stress, kernel);
  const { worstStress: own } = state.figures;
  const worstStress = library.reduce<WorstScenario | undefined>(
    (lowest, { label, setName, profitUsd }) =>
      lowest === undefined || profitUsd < lowest.profitUsd ? { label, setName, profitUsd } : lowest,
    own,
  );
  return { ...state, figures: { ...state.figures, library, ...(worstStress === undefined ? {} : { worstStress }) } };
}

/** The book before is the same while its ticket changes: its profits are kept. */
function pointsOf(book: Book, stress: LibraryStress, kernel: RevaluationKernel): readonly LibraryPoint[] {
  const known = kept.get(book);
  if (known?.key === stress.key) return known.points;
  const derived = derivedBook(book);
  const shocks = resolvedEntries(stress, derived).map((one) => one.shocks);
  const at = stressedBooks(derived, shocks, kernel);
  const points = stress.entries.map(({ point }, place) => {
    const { pnlUsd } = at(place);
    return { ...point, profitUsd: pnlUsd === 0 ? 0 : pnlUsd };
  });
  kept.set(book, { key: stress.key, points });
  return points;
}

const kept = new WeakMap<Book, { readonly key: string; readonly points: readonly LibraryPoint[] }>();
