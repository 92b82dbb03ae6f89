import { type Failure, type Result, success } from "../../base/index.ts";
import type { Instrument } from "../../instrument/index.ts";
import { type BuiltBook, buildBook, type MarginRun, revalued, underRules } from "../../margin/index.ts";
import type { AccountCharge, Book, BookPosition, Charge, MethodologyUnderRules } from "../../methodology/index.ts";
import type { Balance, Position, PositionId } from "../../portfolio/index.ts";
import { buildCube, isSameSet, type PnlCube, type RevaluationKernel, runKernel } from "../../revaluation/index.ts";
import type { ScenarioSet } from "../../scenario/index.ts";

/** A book with instruments that may be traded beside it. Quantities of trades are one an instrument, bought > 0. */
export interface HedgeBook {
  readonly under: MethodologyUnderRules;
  readonly kernel: RevaluationKernel;
  readonly built: BuiltBook;
  /** Instruments that can be traded, with the numbers their prices need; quantity 1. */
  readonly tradable: readonly BookPosition[];
  /** What the book holds of each of them. */
  readonly held: readonly number[];
  /** The book after trades at the marks. */
  readonly after: (quantities: Float64Array) => Book;
  /** The methodology's answer to a book of these instruments, its scenarios revalued once. */
  readonly charge: (book: Book, detail?: boolean) => Charge;
}

/** What a requested instrument failed on. */
export interface NotTradable {
  readonly instrument: Instrument;
  readonly failure: Failure;
}

const prefix = "hedge/";

/**
 * The book of a run, ready to be traded. Margin balances and option values that the venue stated do not describe the book after trades: they are
 * left out everywhere, before the hedge too, so that nothing jumps.
 *
 * @param instruments that may be traded, each once
 * @returns the book and what cannot be traded under the methodology; failures as in `runMargin`
 */
export function hedgeBook(
  run: Omit<MarginRun, "standAlone" | "work">,
  instruments: readonly Instrument[],
): Result<{ readonly book: HedgeBook; readonly notTradable: readonly NotTradable[] }> {
  const under = underRules(run.methodology, run.rules);
  if (!under.ok) return under;
  const methodology = under.value;
  const { portfolio, kernel = runKernel() } = run;
  const plain = buildBook({ ...run, methodology });
  if (!plain.ok) return plain;
  const asked = instruments.map(
    (instrument, at): Position => ({ id: `${prefix}${at}` as PositionId, instrument, quantity: 1 }),
  );
  const joined = buildBook({
    ...run,
    ...{ methodology, portfolio: { ...portfolio, positions: [...portfolio.positions, ...asked] } },
  });
  if (!joined.ok) return joined;
  const ids = new Set<string>(asked.map(({ id }) => id));
  const tradable = joined.value.book.positions.filter(({ position }) => ids.has(position.id));
  const notTradable = joined.value.excluded.flatMap(({ id, failure }): NotTradable[] => {
    const found = asked.find((one) => one.id === id);
    return found === undefined ? [] : [{ instrument: found.instrument, failure }];
  });
  const { book } = plain.value;
  const base: Book = { ...book, indices: joined.value.book.indices, balances: book.balances.map(unstated) };
  const places = tradable.map(({ position }) =>
    base.positions.findIndex((entry) => entry.position.instrument.id === position.instrument.id),
  );
  const held = tradable.map(({ position }) =>
    base.positions.reduce(
      (total, entry) => total + (entry.position.instrument.id === position.instrument.id ? entry.position.quantity : 0),
      0,
    ),
  );
  const cubes = cubesOnce([...base.positions, ...tradable], kernel);
  return success({
    notTradable,
    book: {
      ...{ under: methodology, kernel, built: { ...plain.value, book: base }, tradable, held },
      after: (quantities) => tradedBook(base, tradable, places, quantities),
      charge: (at, detail = false) => methodology.charge(at, revalued(cubes(methodology.scenarios(at)), detail)),
    },
  });
}

function unstated({ marginBalance: _m, optionsValue: _o, ...rest }: Balance): Balance {
  return rest;
}

/** Trades in an instrument that is held change the first position in it; others are new positions. */
function tradedBook(
  base: Book,
  tradable: readonly BookPosition[],
  places: readonly number[],
  quantities: Float64Array,
): Book {
  const changed = new Map<number, number>();
  const added: BookPosition[] = [];
  tradable.forEach((entry, k) => {
    const quantity = quantities[k] ?? 0;
    if (quantity === 0) return;
    const at = places[k] ?? -1;
    if (at >= 0) changed.set(at, quantity);
    else added.push({ ...entry, position: { ...entry.position, quantity } });
  });
  const kept = base.positions.flatMap((entry, at) => {
    const traded = changed.get(at);
    if (traded === undefined) return [entry];
    const quantity = entry.position.quantity + traded;
    return quantity === 0 ? [] : [{ ...entry, position: { ...entry.position, quantity } }];
  });
  return { ...base, positions: [...kept, ...added] };
}

/** Cubes of every instrument of the hedge, made once for each scenario set. */
function cubesOnce(
  entries: readonly BookPosition[],
  kernel: RevaluationKernel,
): (sets: readonly ScenarioSet[]) => ReadonlyMap<string, PnlCube> {
  const instruments = entries.map(({ position, terms }) => ({ instrument: position.instrument, terms }));
  const known = new Map<string, { readonly set: ScenarioSet; readonly cube: PnlCube }>();
  return (sets) =>
    new Map(
      sets.map((set) => {
        const found = known.get(set.id);
        const one =
          found !== undefined && isSameSet(found.set, set) ? found : { set, cube: buildCube(set, instruments, kernel) };
        known.set(set.id, one);
        return [set.id, one.cube] as const;
      }),
    );
}

/** Initial or maintenance margin of all accounts, USD; ≥ 0. */
export function requirementUsd(accounts: readonly AccountCharge[], requirement: "initial" | "maintenance"): number {
  return accounts.reduce((total, account) => total + account.usdPerUnit * account[requirement].amount, 0);
}
