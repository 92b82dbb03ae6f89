import { type Failure, isoInstant, msPerDay } from "../base/index.ts";
import { isListed } from "../instrument/index.ts";
import { isTorn, type MarketSnapshot } from "../market/index.ts";
import { type Accuracy, type Charge, walk } from "../methodology/index.ts";
import type { Portfolio } from "../portfolio/index.ts";
import { coveringPointer, type ResolvedRules } from "../rulebook/index.ts";
import type { BuiltBook } from "./build-book.ts";
import type { MarginResult } from "./margin-result.ts";

type Remark = MarginResult["remarks"][number];

/**
 * Everything a reader must know beside the number: what the methodology says of this run, unpublished parameters it used,
 * values the user replaced, what was left out, estimated marks, and the warnings of the market.
 */
export function remarksOf(input: {
  readonly charge: Charge;
  readonly rules: ResolvedRules;
  readonly built: BuiltBook;
  readonly market: MarketSnapshot;
  readonly portfolio?: Portfolio;
}): readonly Remark[] {
  const { charge, rules, built, market, portfolio } = input;
  const { excluded, leftOut, book } = built;
  const modelled = book.positions.filter(({ terms }) => terms.sources.mark === "model").length;
  const interpolated = book.positions.filter(({ terms }) => terms.sources.volatility === "interpolated").length;
  const approximate = (message: string): Remark => ({ accuracy: "approximate", message });
  const all = excluded.length === 1 ? "1 position is" : `${excluded.length} positions are`;
  const torn = market.warnings.filter(isTorn);
  // What makes the whole number doubtful stands first: prices of no one moment, then what is not in it.
  return [
    ...torn.map(({ message }) => ({ message })),
    ...apartInTime(portfolio, market),
    ...(excluded.length > 0 ? [approximate(`${all} left out: not valued, or not margined by this method`)] : []),
    ...leftOut.map(approximate),
    ...conversions(book),
    ...rejectedRows(portfolio, market).map((message) => ({ message })),
    ...(rules.lapsed === undefined ? [] : [{ message: rules.lapsed }]),
    ...charge.remarks,
    ...uncertainUsed(charge, rules),
    ...rules.overrides.map(({ path, value, replaced }) => ({
      accuracy: "approximate" as const,
      message: `set by you: ${path} = ${value}, in the rulebook ${replaced}`,
    })),
    ...(Object.keys(rules.cites).length === 0 ? [approximate(`all parameters are yours: ${rules.version}`)] : []),
    ...(modelled > 0 ? [approximate(modelledMarks(modelled))] : []),
    ...(interpolated > 0 ? [approximate(interpolatedVolatilities(interpolated))] : []),
    ...built.historyWarnings.map((message) => ({ message })),
    ...fileWarnings(book.parameterFile?.warnings ?? []),
    ...market.warnings.filter((warning) => !isTorn(warning)).map(({ message }) => ({ message })),
  ];
}

/** Rates to the dollar of a listed book: every amount in another currency was converted by them. */
function conversions({ positions, balances, indices }: BuiltBook["book"]): Remark[] {
  const listed = positions.filter(({ position }) => isListed(position.instrument));
  if (listed.length === 0) return [];
  const used = [
    ...listed.map(({ position }) => position.instrument.settlement),
    ...balances.map(({ currency }) => currency),
  ];
  return [...new Set(used)].sort().flatMap((currency) => {
    const rate = indices.get(currency);
    if (currency === "USD" || rate === undefined) return [];
    return [
      { message: `converted at 1 ${currency} = ${Number(rate.toPrecision(8))} USD (index:${currency} of the market)` },
    ];
  });
}

/** Rows that were rejected when the files behind positions and market were imported, a sentence a file. */
export function rejectedRows(portfolio: Portfolio | undefined, market: MarketSnapshot): readonly string[] {
  const files = new Map([...(portfolio?.sources ?? []), ...market.sources].map((file) => [file.sha256, file]));
  return [...files.values()].flatMap(({ name, rejected = 0 }) => {
    if (rejected === 0) return [];
    return [
      `${rejected === 1 ? "1 row" : `${rejected} rows`} of ${name} ${rejected === 1 ? "was" : "were"} rejected when it was imported`,
    ];
  });
}

function modelledMarks(count: number): string {
  if (count === 1) return "1 mark is a model value: the market has no mark for it";
  return `${count} marks are model values: the market has no mark for them`;
}

function interpolatedVolatilities(count: number): string {
  return `${count === 1 ? "1 volatility is" : `${count} volatilities are`} interpolated on the smile`;
}

/** Positions and market this far apart no longer describe one moment: equity is of one, prices of the other. */
const apartMs = msPerDay / 24;

function apartInTime(portfolio: Portfolio | undefined, market: MarketSnapshot): Remark[] {
  const exportedMs = portfolio?.asOfMs;
  if (exportedMs === undefined || Math.abs(exportedMs - market.asOfMs) <= apartMs) return [];
  return [{ message: `positions are of ${isoInstant(exportedMs)}, the market of ${isoInstant(market.asOfMs)}` }];
}

/** The worst of what the method can reach and what its remarks say. */
export function accuracyOf(best: Accuracy, remarks: readonly Remark[]): Accuracy {
  const found = [best, ...remarks.map(({ accuracy }) => accuracy)];
  if (found.includes("unsupported")) return "unsupported";
  return found.includes("approximate") ? "approximate" : "exact";
}

/** Parameters marked uncertain in the rulebook that some line of the statement took as an input, each once. */
function uncertainUsed(charge: Charge, rules: ResolvedRules): Remark[] {
  const pointers = Object.keys(rules.uncertain);
  const found = new Map<string, string>();
  for (const { initial, maintenance } of charge.accounts) {
    for (const top of [initial, maintenance]) {
      for (const { inputs, rule } of walk(top)) {
        for (const { parameter } of inputs) {
          const pointer = parameter === undefined ? undefined : coveringPointer(pointers, parameter);
          if (pointer !== undefined && !found.has(pointer)) found.set(pointer, rule);
        }
      }
    }
  }
  return [...found].map(([pointer, rule]) => ({
    accuracy: "approximate",
    message: `${pointer} is a default: ${rules.uncertain[pointer]}`,
    rule,
  }));
}

/** Warnings of a parameter file listed one by one; beyond these they are counted. */
const listedFileWarnings = 20;

function fileWarnings(warnings: readonly Failure[]): Remark[] {
  const listed = warnings
    .slice(0, listedFileWarnings)
    .map(({ message }) => ({ message: `parameter file: ${message}` }));
  const more = warnings.length - listed.length;
  return more > 0 ? [...listed, { message: `parameter file: and ${more} more warnings` }] : listed;
}
