import type { Instrument } from "../instrument/index.ts";
import type { Feed, Quote } from "../market/index.ts";
import type { Balance, Component, Position } from "../portfolio/index.ts";
import type { ImportDecision, ImportProblem } from "./import-result.ts";

/** A position before it has an id in its portfolio. */
export interface PositionRow extends Omit<Position, "id"> {
  /** Mark with more digits than the rounded one, recovered from other figures of the row; price unit of the instrument. */
  readonly unroundedMark?: number;
}

/** What is wrong with a cell or a row, without the place, which the intake adds. */
export type RowProblem = Pick<ImportProblem, "rule" | "message" | "column" | "value">;

/** Problems an import lists; further ones are counted. */
export const problemsListed = 1_000;

/**
 * Collects what the files of one import hold. Formats put in what they understood of a row; the intake knows the file and the row and
 * adds them to every problem.
 */
export interface Intake {
  readonly positions: PositionRow[];
  readonly quotes: Quote[];
  readonly balances: Balance[];
  readonly components: Component[];
  readonly instruments: Map<string, Instrument>;
  /** Symbol -> what one contract is: underlying units, or quote currency for inverse futures. */
  readonly contractSizes: Map<string, number>;
  /** Index prices beside the quotes: a coin (USD), or a pair such as `BTC-USDT` in its quote coin. */
  readonly indexPrices: Map<string, StatedIndex>;
  /** Confidences and interest rates of the market, where a file states them. */
  readonly feeds: Feed[];
  /** Instants the files state for themselves: when an export or a reply was made. */
  readonly instants: number[];
  readonly venues: Set<string>;
  /** Currency → delta of its positions as the account states it, coin. */
  readonly accountDeltas: Map<string, number>;
  readonly problems: ImportProblem[];
  readonly decisions: ImportDecision[];
  /** Where the rows of an instrument (and account) stand in `positions` and `quotes`. */
  readonly positionsSeen: Map<string, number>;
  readonly quotesSeen: Map<string, number>;
  /** File -> latest time its quotes state. */
  readonly quoteTimes: Map<string, number>;
  problemsNotListed: number;
  file: string;
  row: number | undefined;
  /** Rows of the current file that hold something wrong enough to leave them out. */
  rejected: number;
  /** Rows of the current file left out because they hold nothing, such as zero positions. */
  leftOut: number;
}

export interface StatedIndex {
  readonly price: number;
  /** Taken from figures of an account or position: used only where the market says nothing. */
  readonly incidental: boolean;
}

/** Takes an index price a file states as such; it wins over those of the quotes. */
export function setIndexPrice(intake: Intake, name: string, price: number): void {
  intake.indexPrices.set(name, { price, incidental: false });
}

/** Takes an index price that figures of an account or position imply; the first stands. */
export function noteIndexPrice(intake: Intake, name: string, price: number): void {
  if (!intake.indexPrices.has(name)) intake.indexPrices.set(name, { price, incidental: true });
}

/** An intake that holds nothing yet. */
export function newIntake(): Intake {
  return {
    ...{ positions: [], quotes: [], balances: [], components: [], instruments: new Map() },
    ...{ contractSizes: new Map<string, number>(), indexPrices: new Map<string, StatedIndex>() },
    ...{
      feeds: [],
      instants: [],
      venues: new Set<string>(),
      accountDeltas: new Map<string, number>(),
      problems: [],
      decisions: [],
      problemsNotListed: 0,
    },
    ...{ positionsSeen: new Map<string, number>(), quotesSeen: new Map<string, number>() },
    quoteTimes: new Map<string, number>(),
    ...{ file: "", row: undefined, rejected: 0, leftOut: 0 },
  };
}

/** `chain.csv:17` for the row being read. */
export function placeOf(intake: Intake): string {
  return intake.row === undefined ? intake.file : `${intake.file}:${intake.row}`;
}

const repeated = { rule: "no row is repeated", message: "the row repeats an earlier one exactly; it counts once" };

/** Takes a position. A row repeated exactly is an error; a second, different row of one instrument is kept with a warning. */
export function addPosition(intake: Intake, position: PositionRow): void {
  const key = `${position.account ?? ""}/${position.tag ?? ""}/${position.instrument.id}`;
  const earlier = intake.positions[intake.positionsSeen.get(key) ?? -1];
  if (earlier !== undefined && sameRow(earlier, position)) {
    reject(intake, { ...repeated, value: position.instrument.symbol });
    return;
  }
  if (earlier !== undefined) {
    const message = `${position.instrument.symbol} stands in ${earlier.origin?.at ?? "an earlier row"} too, with other figures; both are kept`;
    warn(intake, { rule: "one row an instrument", message, value: position.instrument.symbol });
  }
  intake.positionsSeen.set(key, intake.positions.length);
  intake.positions.push(position);
  intake.venues.add(position.instrument.venue);
}

/** Takes a quote. A row repeated exactly is an error; of two different rows of one instrument the later in time is kept. */
export function addQuote(intake: Intake, quote: Quote): void {
  const key = quote.instrument.id;
  const { file, quoteTimes } = intake;
  if (quote.timestampMs !== undefined)
    quoteTimes.set(file, Math.max(quoteTimes.get(file) ?? quote.timestampMs, quote.timestampMs));
  const place = intake.quotesSeen.get(key);
  const earlier = intake.quotes[place ?? -1];
  if (place === undefined || earlier === undefined) {
    intake.quotesSeen.set(key, intake.quotes.length);
    intake.quotes.push(quote);
    intake.venues.add(quote.instrument.venue);
    return;
  }
  if (sameRow(earlier, quote)) {
    reject(intake, { ...repeated, value: quote.instrument.symbol });
    return;
  }
  const message = `${quote.instrument.symbol} stands in ${earlier.at ?? "an earlier row"} too; the later in time is kept`;
  warn(intake, { rule: "one row an instrument", message, value: quote.instrument.symbol });
  if ((quote.timestampMs ?? 0) >= (earlier.timestampMs ?? 0)) intake.quotes[place] = quote;
}

function sameRow(a: object, b: object): boolean {
  const content = (row: object) => JSON.stringify({ ...row, at: "", origin: "" });
  return content(a) === content(b);
}

/** Leaves the current row out and says why. */
export function reject(intake: Intake, problem: RowProblem): void {
  intake.rejected += 1;
  report(intake, "error", problem);
}

/** Leaves the current row out because it holds nothing; a warning says so. */
export function leaveOut(intake: Intake, problem: RowProblem): void {
  intake.leftOut += 1;
  report(intake, "warning", problem);
}

/** Keeps the row, with a warning. */
export function warn(intake: Intake, problem: RowProblem): void {
  report(intake, "warning", problem);
}

/** A choice the reader made for the current file; said once. */
export function decide(intake: Intake, what: string, decided: string, why: string): void {
  const { file, decisions } = intake;
  if (decisions.some((d) => d.file === file && d.what === what && d.decided === decided)) return;
  decisions.push({ file, what, decided, why });
}

/** Lists a problem of the row being read with file and row; its value is cut at 80 characters, problems beyond `problemsListed` are counted. */
export function report(intake: Intake, severity: ImportProblem["severity"], problem: RowProblem): void {
  if (intake.problems.length >= problemsListed) {
    intake.problemsNotListed += 1;
    return;
  }
  const { file, row } = intake;
  const { value, ...rest } = problem;
  const shown = value === undefined ? {} : { value: value.length > 80 ? `${value.slice(0, 79)}…` : value };
  intake.problems.push({ severity, file, ...(row === undefined ? {} : { row }), ...rest, ...shown });
}
