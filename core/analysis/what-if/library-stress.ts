import type { Book } from "../../methodology/index.ts";
import type { RevaluationKernel } from "../../revaluation/index.ts";
import type { FactorBetas, StressScenario } from "../../scenario/index.ts";
import { derivedBook } from "../stress/derived-book.ts";
import { pathOf, type StressChoices, type StressSetChoice, stressEntries } from "../stress/run-stress.ts";
import type { StressMode } from "../stress/stress-result.ts";
import { type ResolvedShocks, resolveShocks, type StressShocks } from "../stress/stress-shocks.ts";
import { stressedBooks } from "../stress/stressed-book.ts";
import type { BookState } from "./book-state.ts";
import type { LibraryPoint, WorstScenario } from "./what-if-result.ts";

/** Scenarios of the library that a ticket is held against. */
export interface LibraryStress {
  readonly entries: readonly LibraryEntry[];
  /** Of a path its worst step counts. */
  readonly mode: StressMode;
  readonly scale: number;
  readonly betas?: FactorBetas | undefined;
  /** Equal for equal scenarios, asked alike. */
  readonly key: string;
}

interface LibraryEntry {
  readonly point: Omit<LibraryPoint, "profitUsd" | "step">;
  readonly scenario: StressScenario;
  /** That pass beside the scenario: none. */
  readonly days: 0;
}

/** Scenarios of sets in their order; two sets of one name keep theirs apart. */
export function libraryStress(
  sets: readonly StressSetChoice[],
  { mode, scale, betas }: Pick<StressChoices, "mode" | "scale" | "betas">,
): LibraryStress {
  const entries = stressEntries({ sets, days: [0] }).map(({ id, set, setName, scenario }): LibraryEntry => {
    const point = { id, set, setName, scenarioId: scenario.id, label: scenario.label };
    return { point, scenario, days: 0 };
  });
  const asked = entries.map(({ point, scenario }) => [point, shocksOf(scenario, mode)]);
  return { entries, mode, scale, betas, key: JSON.stringify([asked, mode, scale, betas]) };
}

const shocksOf = ({ shocks, stickiness, path }: StressScenario, mode: StressMode) => [
  ...[shocks, stickiness],
  ...(mode === "path" ? [path] : []),
];

/** The shocks of each scenario, all at once, for a book. */
export function resolvedEntries({ entries, betas, scale }: LibraryStress, book: Book): readonly ResolvedShocks[] {
  return entries.map(({ scenario, days }) => resolveShocks(scenario, book, { scale, days, betas }));
}

/** A market that a scenario leads to: the one where all its shocks have come, or that of a step of its path. */
export interface LibraryMoment {
  readonly point: LibraryEntry["point"];
  /** Label of the step; absent where the scenario comes at once. */
  readonly step?: string;
  readonly shocks: StressShocks;
}

/** Every market that the scenarios lead a book to, those of one scenario one behind the other. */
export function libraryMoments(stress: LibraryStress, book: Book): readonly LibraryMoment[] {
  if (stress.mode !== "path")
    return resolvedEntries(stress, book).map(({ shocks }, place) => ({
      ...{ point: (stress.entries[place] as LibraryEntry).point, shocks },
    }));
  return stress.entries.flatMap((entry) =>
    pathOf(entry, book, stress).map(({ label, shocks }) => ({ point: entry.point, step: label, shocks })),
  );
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
  const library = libraryPoints(state.built.book, stress, kernel);
  const worstStress = worstOfLibrary(library, state.figures.worstStress);
  return { ...state, figures: { ...state.figures, library, ...(worstStress === undefined ? {} : { worstStress }) } };
}

/** The lowest profit of the library's scenarios and of one that is known besides, the first of equal ones. */
export function worstOfLibrary(points: readonly LibraryPoint[], other?: WorstScenario): WorstScenario | undefined {
  return points.reduce<WorstScenario | undefined>(
    (lowest, { label, setName, step, profitUsd }) =>
      lowest === undefined || profitUsd < lowest.profitUsd
        ? { label, setName, profitUsd, ...(step === undefined ? {} : { step }) }
        : lowest,
    other,
  );
}

/**
 * Profit of a book in each scenario of the library, of a path that at its worst step. The book before is the same while its ticket changes:
 * its profits are kept.
 *
 * @returns in the order of the scenarios; USD at the rates of the stressed market, gain > 0
 */
export function libraryPoints(book: Book, stress: LibraryStress, kernel: RevaluationKernel): readonly LibraryPoint[] {
  const known = kept.get(book);
  if (known?.key === stress.key) return known.points;
  const derived = derivedBook(book);
  const moments = libraryMoments(stress, derived);
  const at = stressedBooks(
    derived,
    moments.map(({ shocks }) => shocks),
    kernel,
  );
  const byId = new Map<string, LibraryPoint>();
  for (const [place, { point, step }] of moments.entries()) {
    const { pnlUsd } = at(place);
    const profitUsd = pnlUsd === 0 ? 0 : pnlUsd;
    const lowest = byId.get(point.id);
    if (lowest === undefined || profitUsd < lowest.profitUsd)
      byId.set(point.id, { ...point, profitUsd, ...(step === undefined ? {} : { step }) });
  }
  const points = [...byId.values()];
  kept.set(book, { key: stress.key, points });
  return points;
}

const kept = new WeakMap<Book, { readonly key: string; readonly points: readonly LibraryPoint[] }>();
