import {
  canonicalJson,
  DomainError,
  failed,
  hashOf,
  type Result,
  success,
  sum,
  textHash,
  unwatched,
  type Work,
} from "../base/index.ts";
import type { History } from "../history/index.ts";
import type { Instrument } from "../instrument/index.ts";
import type { MarketSnapshot } from "../market/index.ts";
import type { AccountCharge, Book, Methodology, MethodologyUnderRules, Revalued } from "../methodology/index.ts";
import { type ParameterFile, usedPart } from "../parameter-file/index.ts";
import type { Portfolio, PositionId } from "../portfolio/index.ts";
import { buildCube, type PnlCube, type RevaluationKernel, runKernel } from "../revaluation/index.ts";
import type { ResolvedRules } from "../rulebook/index.ts";
import { type BuiltBook, buildBook } from "./build-book.ts";
import type { Changes } from "./effective-portfolio.ts";
import type { AccountResult, MarginResult } from "./margin-result.ts";
import { bindingPnlOf, positionResult } from "./position-result.ts";
import { accuracyOf, remarksOf } from "./remarks.ts";
import { totalsOf } from "./totals.ts";
import { underRules } from "./under-rules.ts";

export interface MarginRun extends Changes {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  /** Past of the risk factors, for methodologies that need one. */
  readonly history?: History;
  /** Arrays and terms of listed positions. */
  readonly parameterFile?: ParameterFile;
  readonly methodology: Methodology;
  readonly rules: ResolvedRules;
  /** Also each position's initial margin alone. */
  readonly standAlone?: boolean;
  /** Default: the fastest one at hand. */
  readonly kernel?: RevaluationKernel;
  readonly work?: Work;
}

/**
 * Margin of a portfolio at a market under a methodology: revalues its scenarios, charges, and joins everything a reader
 * needs to check the number.
 *
 * @returns the result; a failure when the rules break the methodology's schema, when no position can be valued, or `cancelled`
 */
export async function runMargin(run: MarginRun): Promise<Result<MarginResult>> {
  const under = underRules(run.methodology, run.rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  return built.ok ? marginOfBook(run, under.value, built.value) : built;
}

/**
 * Margin of a book that is at hand: what `runMargin` says of the one it builds.
 *
 * @param run   names the inputs of the result; positions, prices and balances are those of the book
 * @param under the methodology of the run, its rules fixed
 * @param built the book and what is left out of it
 * @returns the result, or `cancelled`
 */
export async function marginOfBook(
  run: MarginRun,
  under: MethodologyUnderRules,
  built: BuiltBook,
): Promise<Result<MarginResult>> {
  const { methodology, rules, portfolio, market, history, parameterFile, kernel = runKernel(), work = unwatched } = run;
  const { book, excluded } = built;
  const cubes = await cubesOf(book, under, kernel, work);
  if (!cubes.ok) return cubes;
  const charge = under.charge(book, revalued(cubes.value, true));
  const alone = run.standAlone === true ? await standAloneOf(book, under, cubes.value, work) : success(undefined);
  if (!alone.ok) return alone;

  const binding = bindingPnlOf(charge.accounts, book.positions, cubes.value);
  const remarks = remarksOf({ charge, rules, built, market, portfolio });
  const { positions, balances, components } = book;
  return success({
    methodology: { id: methodology.id, title: methodology.title, venue: methodology.venue },
    rules,
    portfolioName: portfolio.name,
    marketName: market.name,
    ...(history === undefined ? {} : { historyName: history.name }),
    ...(parameterFile === undefined ? {} : { parameterFileName: parameterFile.name }),
    asOfMs: market.asOfMs,
    accounts: charge.accounts.map(accountResult),
    totals: totalsOf(charge.accounts),
    positions: positions.map((entry) => positionResult(entry, binding, alone.value?.get(entry.position.id))),
    excluded,
    included: { positions: positions.length, of: positions.length + excluded.length },
    accuracy: accuracyOf(methodology.accuracy, remarks),
    remarks,
    synthetic: [portfolio, market, history].some((input) => input?.synthetic === true),
    kernel: kernel.name,
    inputs: {
      portfolio: portfolioHash(built, balances, components),
      market: hashOnce(market),
      parameters: rules.parametersHash,
      ...(history === undefined ? {} : { history: hashOnce(history) }),
      ...(parameterFile === undefined ? {} : { parameterFile: hashOnce(usedPart(parameterFile, portfolio)) }),
    },
  });
}

/** Scenarios of a methodology revalued for every instrument of the book, by set. */
export async function cubesOf(
  book: Book,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
  work: Work,
): Promise<Result<ReadonlyMap<string, PnlCube>>> {
  const instruments = book.positions.map(({ position, terms }) => ({ instrument: position.instrument, terms }));
  const sets = methodology.scenarios(book);
  const cubes = new Map<string, PnlCube>();
  for (const set of sets) {
    if (work.cancelled()) return failed("cancelled", "cancelled");
    cubes.set(set.id, buildCube(set, instruments, kernel));
    work.progress(cubes.size, sets.length, "scenario sets");
    await work.pause();
  }
  return success(cubes);
}

/** What a methodology is given to charge: cubes by the id of their set. */
export function revalued(cubes: ReadonlyMap<string, PnlCube>, detail: boolean, amountsOnly = false): Revalued {
  return {
    detail,
    amountsOnly,
    cube: (setId) => {
      const cube = cubes.get(setId);
      if (cube === undefined) throw new DomainError("a methodology may ask for its own scenario sets only", setId);
      return cube;
    },
  };
}

/** Initial margin of each position as if it were the only one: no balances, no components, the same cubes. */
async function standAloneOf(
  book: Book,
  methodology: MethodologyUnderRules,
  cubes: ReadonlyMap<string, PnlCube>,
  work: Work,
): Promise<Result<ReadonlyMap<PositionId, number>>> {
  const amounts = new Map<PositionId, number>();
  for (const [index, entry] of book.positions.entries()) {
    if (index % 64 === 0) {
      work.progress(index, book.positions.length, "positions alone");
      await work.pause();
      if (work.cancelled()) return failed("cancelled", "cancelled");
    }
    const alone: Book = { ...book, positions: [entry], balances: [], components: [] };
    const { accounts } = methodology.charge(alone, revalued(cubes, false));
    amounts.set(entry.position.id, sum(accounts.map(({ initial }) => initial.amount)));
  }
  return success(amounts);
}

function accountResult(account: AccountCharge): AccountResult {
  const { initial, maintenance, marginBalance } = account;
  const balance = marginBalance?.amount;
  return {
    ...account,
    ...(balance === undefined ? {} : { availableFunds: balance - initial.amount }),
    ...(balance === undefined || balance <= 0 ? {} : { maintenanceRatio: maintenance.amount / balance }),
  };
}

/** Hash of `{ balances, components, excluded, held }`: what a run margins and what it leaves out. */
function portfolioHash(
  { book, excluded }: BuiltBook,
  balances: Book["balances"],
  components: Book["components"],
): string {
  const hash = textHash();
  const left = excluded.map(({ id, quantity }) => ({ id, quantity }));
  hash.add(canonicalJson({ balances, components, excluded: left }).slice(0, -1));
  hash.add(',"held":[');
  book.positions.forEach(({ position: { id, instrument, quantity } }, at) => {
    hash.add(`${at === 0 ? "" : ","}{"id":${canonicalJson(id)},"instrument":${instrumentText(instrument)},`);
    hash.add(`"quantity":${canonicalJson(quantity)}}`);
  });
  hash.add("]}");
  return hash.digest();
}

/** Canonical text of contract terms, which never change: written once for all runs that hold them. */
function instrumentText(instrument: Instrument): string {
  const known = instrumentTexts.get(instrument);
  if (known !== undefined) return known;
  const text = canonicalJson(instrument);
  instrumentTexts.set(instrument, text);
  return text;
}

const instrumentTexts = new WeakMap<Instrument, string>();

const hashes = new WeakMap<MarketSnapshot | History | ParameterFile, string>();

/** Snapshots and histories are immutable, so their hash is computed once. */
function hashOnce(input: MarketSnapshot | History | ParameterFile): string {
  const known = hashes.get(input);
  if (known !== undefined) return known;
  const hash = hashOf(input);
  hashes.set(input, hash);
  return hash;
}
