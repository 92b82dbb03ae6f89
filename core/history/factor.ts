import type { SeriesHead } from "./build-series.ts";
import type { ChangeType, FactorKind, Series } from "./history.ts";

/** What the name of a factor says. */
export type Factor = Pick<Series, "kind" | "underlying" | "tenorDays" | "delta">;

const underlying = "[A-Za-z0-9][A-Za-z0-9._/@-]*";
const grammar: readonly (readonly [FactorKind, RegExp])[] = [
  ["price", new RegExp(`^price:(${underlying})$`)],
  ["volatility", new RegExp(`^volatility:(${underlying}):(\\d+(?:\\.\\d+)?)d(?::(0(?:\\.\\d+)?|1))?$`)],
  ["funding", new RegExp(`^funding:(${underlying})$`)],
  ["rate", new RegExp(`^rate:(${underlying})(?::(\\d+(?:\\.\\d+)?)d)?$`)],
  ["basis", new RegExp(`^basis:(${underlying})(?::(\\d+(?:\\.\\d+)?)d)?$`)],
  ["margin", new RegExp(`^margin:(${underlying}(?::(?:initial|maintenance))?)$`)],
];

/**
 * Reads the name of a risk factor.
 *
 * @param name `price:BTC`, `volatility:BTC:30d`, `volatility:BTC:30d:0.25`, `basis:ETH:90d`, `margin:cme/ES:maintenance`
 * @returns kind, underlying, tenor in days and delta; `undefined` when the text is no such name
 */
export function factorOf(name: string): Factor | undefined {
  for (const [kind, pattern] of grammar) {
    const match = pattern.exec(name);
    if (match === null) continue;
    const [, of = "", tenor, delta] = match;
    return {
      ...{ kind, underlying: of },
      ...(tenor === undefined ? {} : { tenorDays: Number(tenor) }),
      ...(delta === undefined ? {} : { delta: Number(delta) }),
    };
  }
  return undefined;
}

/** The name of a factor: what `factorOf` reads. */
export function factorName({ kind, underlying: of, tenorDays, delta }: Factor): string {
  const tenor = tenorDays === undefined ? "" : `:${tenorDays}d`;
  return `${kind}:${of}${tenor}${delta === undefined ? "" : `:${delta}`}`;
}

/** Unit and change a kind has unless a file or the user says otherwise. */
export interface KindDefaults {
  readonly unit: string;
  readonly change: ChangeType;
}

/**
 * Prices, volatilities and margins move in proportion; rates, funding and basis may be negative and move by differences.
 *
 * @source resources/docs/history.md, "Changes"
 */
export const kindDefaults: Readonly<Record<FactorKind, KindDefaults>> = {
  price: { unit: "USD", change: "relative" },
  volatility: { unit: "fraction per √year", change: "relative" },
  funding: { unit: "fraction per 8 h", change: "absolute" },
  rate: { unit: "fraction per year", change: "absolute" },
  basis: { unit: "fraction per year", change: "absolute" },
  margin: { unit: "USD", change: "relative" },
};

/**
 * The head of a series of a factor, with the defaults of its kind.
 *
 * @returns `undefined` when the text names no factor
 */
export function seriesHead(
  factor: string,
  source: string,
  changes: Partial<Pick<SeriesHead, "unit" | "change" | "calendar">> = {},
): SeriesHead | undefined {
  const named = factorOf(factor);
  return named && { factor, ...named, ...kindDefaults[named.kind], source, ...changes };
}
