import { expiryOf, type Instrument, type Option } from "../../instrument/index.ts";
import type { MarketSnapshot, Quote } from "../../market/index.ts";
import type { Book } from "../../methodology/index.ts";

/** What is asked of one named instrument; what is left out takes the default. */
export interface NamedCandidate {
  readonly symbol: string;
  readonly mostBought?: number | undefined;
  readonly mostSold?: number | undefined;
  readonly lot?: number | undefined;
  readonly unitCostUsd?: number | undefined;
}

/** Instruments by name, or near those of the book. */
export type CandidateChoice =
  | { readonly from: "symbols"; readonly instruments: readonly NamedCandidate[] }
  | {
      readonly from: "book";
      readonly kinds: readonly ("spot" | "future" | "perpetual" | "option")[];
      readonly underlyings?: readonly string[] | undefined;
      readonly expiries: number;
      readonly strikes: number;
      readonly most: number;
    };

export interface ChosenInstrument {
  readonly instrument: Instrument;
  readonly asked?: NamedCandidate;
}

export interface Chosen {
  readonly chosen: readonly ChosenInstrument[];
  /** Names the market does not have. */
  readonly unknown: readonly string[];
  /** How they were chosen, where the book decided. */
  readonly note?: string;
}

/**
 * Instruments that may be traded: those named, or those the market quotes near the positions of the book — perpetuals and futures of its
 * underlyings, and at the expiries nearest to its own the strikes spread evenly over the money (those of the book first), out of the money.
 *
 * @param book positions the choice is near to; its venues are kept to
 * @returns in the order named, else linear contracts first, options by underlying, expiry and strike
 */
export function chosenCandidates(choice: CandidateChoice, book: Book, market: MarketSnapshot): Chosen {
  return choice.from === "symbols" ? named(choice.instruments, book, market) : near(choice, book, market);
}

function named(asked: readonly NamedCandidate[], book: Book, market: MarketSnapshot): Chosen {
  const unknown: string[] = [];
  const seen = new Set<string>();
  const venues = venuesOf(book);
  const chosen = asked.flatMap((one): ChosenInstrument[] => {
    const found = market.quotes.filter(({ instrument }) => instrument.symbol === one.symbol);
    const instrument =
      found.find((quote) => venues.has(quote.instrument.venue))?.instrument ??
      found[0]?.instrument ??
      book.positions.find(({ position }) => position.instrument.symbol === one.symbol)?.position.instrument;
    if (instrument === undefined) {
      unknown.push(one.symbol);
      return [];
    }
    if (seen.has(instrument.id)) return [];
    seen.add(instrument.id);
    return [{ instrument, asked: one }];
  });
  return { chosen, unknown };
}

function near(choice: Extract<CandidateChoice, { from: "book" }>, book: Book, market: MarketSnapshot): Chosen {
  const venues = venuesOf(book);
  const underlyings = new Set(
    choice.underlyings ?? book.positions.map(({ position }) => position.instrument.underlying),
  );
  const kinds = new Set<string>(choice.kinds);
  const usable = market.quotes.filter(({ instrument }) => {
    const expiryMs = expiryOf(instrument) ?? Number.POSITIVE_INFINITY;
    return (
      kinds.has(instrument.kind) &&
      underlyings.has(instrument.underlying) &&
      venues.has(instrument.venue) &&
      expiryMs > book.asOfMs
    );
  });
  const straight = usable
    .filter(({ instrument }) => instrument.kind !== "option")
    .map(({ instrument }) => instrument)
    .sort(inOrder);
  const options = [...underlyings].sort().flatMap((underlying) => {
    const own = usable.flatMap(({ instrument }) =>
      instrument.kind === "option" && instrument.underlying === underlying ? [instrument] : [],
    );
    return nearExpiries(own, book, underlying, choice.expiries).flatMap((expiryMs) =>
      nearStrikes(
        own.filter((option) => option.expiryMs === expiryMs),
        { book, market, expiryMs, strikes: choice.strikes },
      ),
    );
  });
  const all = distinct([...straight, ...options]);
  const chosen = all.slice(0, choice.most).map((instrument) => ({ instrument }));
  const dropped = all.length - chosen.length;
  const note = `candidates: ${chosen.length} contracts the market quotes near the book${dropped > 0 ? `, ${dropped} more left out by the limit` : ""}`;
  return { chosen, unknown: [], note };
}

function venuesOf(book: Book): ReadonlySet<string> {
  return new Set(book.positions.map(({ position }) => position.instrument.venue));
}

function inOrder(a: Instrument, b: Instrument): number {
  return (expiryOf(a) ?? 0) - (expiryOf(b) ?? 0) || (a.symbol < b.symbol ? -1 : 1);
}

function distinct(instruments: readonly Instrument[]): readonly Instrument[] {
  return [...new Map(instruments.map((instrument) => [instrument.id, instrument])).values()];
}

/** Expiries of the book by gross quantity, then the others, nearest to one of the book first; ascending. */
function nearExpiries(options: readonly Option[], book: Book, underlying: string, count: number): readonly number[] {
  const gross = new Map<number, number>();
  for (const { position } of book.positions) {
    const { instrument, quantity } = position;
    if (instrument.kind !== "option" || instrument.underlying !== underlying) continue;
    gross.set(instrument.expiryMs, (gross.get(instrument.expiryMs) ?? 0) + Math.abs(quantity));
  }
  const expiries = [...new Set(options.map(({ expiryMs }) => expiryMs))].sort((a, b) => a - b);
  const distance = (expiryMs: number): number =>
    gross.size === 0 ? expiryMs : Math.min(...[...gross.keys()].map((own) => Math.abs(own - expiryMs)));
  return expiries
    .sort((a, b) => (gross.get(b) ?? 0) - (gross.get(a) ?? 0) || distance(a) - distance(b) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

/** How far from the money strikes are spread, standard deviations of ln S to expiry. */
const widestDeviations = 2;

interface StrikePlace {
  readonly book: Book;
  readonly market: MarketSnapshot;
  readonly expiryMs: number;
  readonly strikes: number;
}

function nearStrikes(options: readonly Option[], place: StrikePlace): readonly Option[] {
  const { book, market, expiryMs, strikes } = place;
  const [first] = options;
  if (first === undefined || strikes === 0) return [];
  const held = new Map(
    book.positions
      .filter(({ position }) => options.some(({ id }) => id === position.instrument.id))
      .map(({ position }) => [position.instrument.id, Math.abs(position.quantity)] as const),
  );
  const largest = [...options]
    .filter(({ id }) => held.has(id))
    .sort((a, b) => (held.get(b.id) ?? 0) - (held.get(a.id) ?? 0) || a.strike - b.strike)
    .slice(0, Math.ceil(strikes / 2));
  const forward =
    market.forwards.find(
      (one) => one.underlying === first.underlying && one.quote === first.quote && one.expiryMs === expiryMs,
    )?.value ?? book.indices.get(first.underlying);
  if (forward === undefined) return largest;
  const years = (expiryMs - book.asOfMs) / (365 * 86_400_000);
  const deviation = medianVolatility(market.quotes, expiryMs, first.underlying) * Math.sqrt(years);
  const outOfMoney = options
    .filter(({ strike, optionType }) => (optionType === "put") === strike < forward)
    .sort((a, b) => a.strike - b.strike);
  const spread = Array.from({ length: strikes }, (_, at) => {
    const share = strikes === 1 ? 0.5 : at / (strikes - 1);
    const wanted = forward * Math.exp((2 * share - 1) * widestDeviations * deviation);
    return nearest(outOfMoney, wanted);
  });
  const wanted = distinct([...largest, ...spread.flatMap((option) => option ?? [])]).slice(0, strikes);
  return (wanted as readonly Option[]).slice().sort((a, b) => a.strike - b.strike || (a.symbol < b.symbol ? -1 : 1));
}

function nearest(options: readonly Option[], strike: number): Option | undefined {
  return options.reduce<Option | undefined>(
    (best, one) => (best === undefined || Math.abs(one.strike - strike) < Math.abs(best.strike - strike) ? one : best),
    undefined,
  );
}

/** Stands where a market states no volatilities. */
const usualVolatility = 0.6;

function medianVolatility(quotes: readonly Quote[], expiryMs: number, underlying: string): number {
  const known = quotes
    .flatMap(({ instrument, markVolatility }) =>
      instrument.underlying === underlying && expiryOf(instrument) === expiryMs && (markVolatility ?? 0) > 0
        ? [markVolatility ?? 0]
        : [],
    )
    .sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? usualVolatility;
}
