import { failed, type Result, success } from "../base/index.ts";
import { closeMinutes, newYorkMs, openMinutes, tradingDayOf } from "./exchange-clock.ts";
import { type Exercise, instrumentId, type Option, type OptionType } from "./instrument.ts";

/** Venue of stocks and options of US exchanges, which clear at one house. */
export const usListed = "us-listed";

/** What the letters of an option symbol say. */
export interface OsiTerms {
  /** `SPXW`: names the series, not always the underlying. */
  readonly root: string;
  /** The day the symbol carries, ISO. */
  readonly day: string;
  readonly right: OptionType;
  readonly strike: number;
}

interface IndexRoot {
  readonly underlying: string;
  readonly exercise: Exercise;
  /** AM-settled series stop at the opening of their last day. */
  readonly settles: "open" | "close";
}

/** Index options by root; any other root is an American option on a stock or fund of that name. */
const indexRoots: Readonly<Record<string, IndexRoot>> = {
  SPX: { underlying: "SPX", exercise: "european", settles: "open" },
  SPXW: { underlying: "SPX", exercise: "european", settles: "close" },
  XSP: { underlying: "XSP", exercise: "european", settles: "close" },
  NDX: { underlying: "NDX", exercise: "european", settles: "open" },
  NDXP: { underlying: "NDX", exercise: "european", settles: "close" },
  RUT: { underlying: "RUT", exercise: "european", settles: "open" },
  RUTW: { underlying: "RUT", exercise: "european", settles: "close" },
  MRUT: { underlying: "MRUT", exercise: "european", settles: "close" },
  VIX: { underlying: "VIX", exercise: "european", settles: "open" },
  VIXW: { underlying: "VIX", exercise: "european", settles: "open" },
  DJX: { underlying: "DJX", exercise: "european", settles: "open" },
  XEO: { underlying: "OEX", exercise: "european", settles: "close" },
  OEX: { underlying: "OEX", exercise: "american", settles: "close" },
};

/** Series of weekly and quarterly options of an index that has AM-settled monthly ones: `SPX` -> `SPXW`. */
export const closeSettledRoots: Readonly<Record<string, string>> = {
  SPX: "SPXW",
  NDX: "NDXP",
  RUT: "RUTW",
  VIX: "VIXW",
};

const standardSize = 100;
const osi = /^([A-Z][A-Z0-9]{0,5})\s*(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;
const dotted = /^\.([A-Z]{1,6}\d?)(\d{2})(\d{2})(\d{2})([CP])(\d+(?:\.\d+)?)$/;

/**
 * Reads an option symbol of the Options Symbology Initiative: root, YYMMDD, C or P, strike × 1000 in eight digits. Also without the
 * blanks, with `O:` before it, and thinkorswim's `.SPXW260407C5700`, whose strike is not scaled.
 *
 * @returns `parse-error` for anything else, and for a day or strike that does not exist
 * @source resources/docs/formats.md, section 17.1
 */
export function parseOsiSymbol(text: string): Result<OsiTerms> {
  const symbol = text.trim().toUpperCase().replace(/^O:/, "");
  const scaled = osi.exec(symbol);
  const [, root = "", year, month, dayOfMonth, letter, digits] = scaled ?? dotted.exec(symbol) ?? [];
  const day = `20${year}-${month}-${dayOfMonth}`;
  const strike = Number(digits) / (scaled === null ? 1 : 1000);
  if (root === "")
    return failed("parse-error", `${JSON.stringify(text)} is no option symbol such as "SPX   220318P04025000"`);
  if (newYorkMs(day, 0) === undefined || !(strike > 0))
    return failed("parse-error", `${JSON.stringify(text)} has no such day or strike: ${day}, ${strike}`);
  return success({ root, day, strike, right: letter === "C" ? "call" : "put" });
}

/** The 21-character symbol without its blanks: `SPXW260330P06345000`. */
export function osiSymbol({ root, day, right, strike }: OsiTerms): string {
  const letter = right === "call" ? "C" : "P";
  return `${root}${day.slice(2).replaceAll("-", "")}${letter}${String(Math.round(strike * 1000)).padStart(8, "0")}`;
}

/**
 * A US listed option as an instrument. A Saturday becomes the last trading day; the expiry is the close of New York of that day, the
 * opening for AM-settled index options.
 *
 * @param terms        as the symbol says
 * @param contractSize what one contract delivers; absent: 100, but not for adjusted series
 * @param exercise     where the source states it; absent: European for index options known as such, else American
 * @returns `missing-data` for an adjusted series (root ends in a digit) without a contract size; `parse-error` for no such day
 */
export function osiOption(terms: OsiTerms, contractSize?: number, exercise?: Exercise): Result<Option> {
  const { root, right, strike } = terms;
  const adjusted = /\d$/.test(root);
  if (adjusted && contractSize === undefined)
    return failed(
      "missing-data",
      `${root} is an adjusted series: what one contract delivers is not standard; state its multiplier`,
    );
  const day = tradingDayOf(terms.day);
  const known = indexRootOf(root);
  const expiryMs = newYorkMs(day, known?.settles === "open" ? openMinutes : closeMinutes);
  if (expiryMs === undefined) return failed("parse-error", `${terms.day} is no day`);
  const symbol = osiSymbol({ ...terms, day });
  return success({
    kind: "option",
    ...{ id: instrumentId(usListed, symbol), venue: usListed, symbol },
    underlying: known?.underlying ?? root.replace(/\d+$/, ""),
    ...{ quote: "USD", settlement: "USD", payoff: "linear", expiryMs, strike, optionType: right },
    contractSize: contractSize ?? standardSize,
    exercise: exercise ?? known?.exercise ?? "american",
  });
}

/** Underlying of an option series: `SPX` of `SPXW`, the root itself for stocks and funds. */
export function underlyingOfRoot(root: string): string {
  return indexRootOf(root)?.underlying ?? root.replace(/\d+$/, "");
}

function indexRootOf(root: string): IndexRoot | undefined {
  return Object.hasOwn(indexRoots, root) ? indexRoots[root] : undefined;
}
