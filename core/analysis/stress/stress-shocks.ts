import { formatPercent, formatQuantity } from "../../base/format.ts";
import { type Instrument, isListed } from "../../instrument/index.ts";
import type { Book } from "../../methodology/index.ts";
import {
  classesOf,
  type FactorBetas,
  type FactorClass,
  type FactorShock,
  type FactorShockKind,
  factorClasses,
  resolveFactors,
  type StressShock,
  unusedFactors,
  withShares,
} from "../../scenario/index.ts";
import { holdingsOf, stays } from "../holdings.ts";
import type { MovedFactor, NotMoved } from "./stress-result.ts";

/** Shocks of one factor by kind; all are named after it. */
export type ShocksByKind = { readonly [K in FactorShockKind]?: readonly Extract<FactorShock, { kind: K }>[] };

export type LiquidityShock = Extract<StressShock, { kind: "liquidity" }>;

/** Everything a scenario does to a book, resolved. Plain data. */
export interface StressShocks {
  /** Underlyings and currencies that something moves. */
  readonly byFactor: ReadonlyMap<string, ShocksByKind>;
  /** Days that pass. */
  readonly days: number;
  /** Skew stickiness ratio; absent: sticky strike. */
  readonly stickiness?: number | undefined;
  readonly liquidity?: LiquidityShock | undefined;
  /** Every shock of price, volatility, basis, funding, rate, peg and haircut is this many times itself. */
  readonly scale: number;
}

export interface ResolvedShocks {
  readonly shocks: StressShocks;
  readonly moved: readonly MovedFactor[];
  readonly notMoved: readonly NotMoved[];
  readonly remarks: readonly string[];
}

/** What is asked of a scenario beside its shocks. */
export interface ShockChoices {
  readonly scale: number;
  /** Days that pass beyond those of the scenario. */
  readonly days: number;
  /** Absent: factors the scenario does not name stay. */
  readonly betas?: FactorBetas | undefined;
}

/** A scenario, or a step of its path. */
export interface Shocked {
  readonly shocks: readonly StressShock[];
  readonly stickiness?: number | undefined;
}

/** What a scenario may move of a book. */
interface BookFactors {
  /** Underlyings and currencies. */
  readonly factors: readonly string[];
  readonly underlyings: ReadonlySet<string>;
  /** Currencies that do not move with the coins. */
  readonly steady: ReadonlySet<string>;
  /** Factors on which a kind of shock changes anything. */
  readonly movable: Readonly<Record<FactorShockKind, ReadonlySet<string>>>;
  /** Shares of the book are no coins. */
  readonly classes: readonly FactorClass[];
  /** Equal for books that hold the same. */
  readonly key: string;
}

/** Made once for each book. */
function factorsOf(book: Book): BookFactors {
  const kept = factorsByBook.get(book);
  if (kept !== undefined) return kept;
  const holdings = holdingsOf(book);
  const instruments = holdings.instruments.map(({ instrument }) => instrument);
  const names = instruments.flatMap(({ underlying, settlement, quote }) => [underlying, settlement, quote]);
  const currencies = [...book.balances, ...book.components].map(({ currency }) => currency);
  const factors = [...new Set([...names, ...currencies])];
  const of = (...kinds: readonly Instrument["kind"][]): readonly Instrument[] =>
    instruments.filter(({ kind }) => kinds.includes(kind));
  const underlyingsOf = (some: readonly Instrument[]) => new Set(some.map(({ underlying }) => underlying));
  const underlyings = underlyingsOf(instruments);
  const steady = new Set(factors.filter((factor) => stays(holdings, factor)));
  const optioned = underlyingsOf(of("option"));
  const dated = of("option", "future");
  const all = new Set(factors);
  const movable = {
    ...{ price: all, volatility: optioned, skew: optioned, term: optioned },
    basis: underlyingsOf(of("future", "perpetual")),
    funding: underlyingsOf(of("perpetual")),
    rate: new Set(dated.flatMap(({ underlying, quote }) => [underlying, quote])),
    stablecoin: new Set(factors.filter((factor) => factor !== "USD")),
    haircut: new Set(book.balances.flatMap(({ currency, equity }) => (equity > 0 ? [currency] : []))),
  };
  const shares = underlyingsOf(instruments.filter(isShare));
  const sets = [underlyings, steady, shares, ...Object.values(movable)];
  const key = JSON.stringify([factors, ...sets.map((set) => [...set])]);
  const made = { factors, underlyings, steady, movable, classes: withShares(factorClasses, [...shares]), key };
  factorsByBook.set(book, made);
  return made;
}

/** Shares, and listed contracts on a name that no table of coins, indices or commodities holds. */
function isShare(instrument: Instrument): boolean {
  const unknown = classesOf(instrument.underlying).includes("SMALL_ALT");
  return instrument.kind === "stock" || (unknown && isListed(instrument));
}

const factorsByBook = new WeakMap<Book, BookFactors>();

/**
 * What a scenario does to a book: each factor by its own entry, its class, the entry for all or a beta; what stays is listed with the reason.
 *
 * @param scenario  shocks, and how smiles slide
 * @param book      names the factors
 * @param choices   scale, further days and betas
 * @source resources/docs/stress.md, section 4
 */
export function resolveShocks(scenario: Shocked, book: Book, choices: ShockChoices): ResolvedShocks {
  // Books of several methods hold the same factors: a scenario is resolved once for them.
  const key = `${factorsOf(book).key} ${choices.scale} ${choices.days}`;
  const kept = known.get(scenario.shocks);
  if (kept !== undefined && kept.betas === choices.betas && kept.stickiness === scenario.stickiness) {
    const found = kept.byKey.get(key) ?? resolved(scenario, book, choices);
    kept.byKey.set(key, found);
    return found;
  }
  const made = resolved(scenario, book, choices);
  known.set(scenario.shocks, { ...choices, stickiness: scenario.stickiness, byKey: new Map([[key, made]]) });
  return made;
}

/** Shocks never change, so what a book makes of them is kept with them. */
const known = new WeakMap<
  Shocked["shocks"],
  Pick<ShockChoices, "betas"> & Pick<Shocked, "stickiness"> & { readonly byKey: Map<string, ResolvedShocks> }
>();

function resolved(scenario: Shocked, book: Book, choices: ShockChoices): ResolvedShocks {
  const { scale, days: further, betas } = choices;
  const { factors, underlyings, steady, movable, classes } = factorsOf(book);
  const byFactor = new Map<string, ShocksByKind>();
  const moved: MovedFactor[] = [];
  const notMoved: NotMoved[] = [];
  for (const { factor, kinds } of resolveFactors(scenario, factors, betas, classes)) {
    const own: Record<string, readonly FactorShock[]> = {};
    for (const { kind, how, shocks, reason } of kinds) {
      const name = `${kind}:${factor}`;
      const isSteady = kind === "price" && how !== "own" && steady.has(factor);
      if (!movable[kind].has(factor)) {
        if (how === "own") notMoved.push({ factor: name, reason: idle[kind] });
      } else if (shocks.length > 0 && !isSteady) {
        own[kind] = shocks;
        moved.push({ factor: name, move: shocks.map((shock) => worded(shock, scale)).join(", "), by: reason });
      } else if (isSteady ? shocks.length === 0 && underlyings.has(factor) : isMissed(kind, factor, steady))
        notMoved.push({ factor: name, reason });
    }
    if (Object.keys(own).length > 0) byFactor.set(factor, own);
  }
  let days = further;
  let liquidity: LiquidityShock | undefined;
  for (const shock of scenario.shocks) {
    if (shock.kind === "time") {
      days += shock.days;
      moved.push({ factor: "time", move: `${shock.days} days`, by: "own" });
    } else if (shock.kind === "liquidity") liquidity = shock;
    else if (shock.kind === "correlation")
      notMoved.push({
        factor: "correlation",
        reason: "no method here takes a correlation from a scenario; ask for diversification failure",
      });
  }
  if (further > 0) moved.push({ factor: "time", move: `${further} days`, by: "the horizon asked for" });
  if (liquidity !== undefined) {
    moved.push({ factor: "liquidity:spread", move: `${liquidity.spreadTimes} times`, by: "cost of closing" });
    notMoved.push(...stillLiquidity(liquidity));
  }
  const unused = unusedFactors(scenario, factors, classes).filter((name) => name !== "*");
  notMoved.push(...unused.map((factor) => ({ factor, reason: "this book holds nothing of it" })));
  return {
    shocks: {
      ...{ byFactor, days, scale },
      ...(scenario.stickiness === undefined ? {} : { stickiness: scenario.stickiness }),
      ...(liquidity === undefined ? {} : { liquidity }),
    },
    moved,
    notMoved,
    remarks: remarksOf(scenario, scale),
  };
}

/** Why an entry of its own moves nothing of a factor. */
const idle: Readonly<Record<FactorShockKind, string>> = {
  price: "the book holds nothing of it",
  volatility: "the book holds no option on it",
  skew: "the book holds no option on it",
  term: "the book holds no option on it",
  basis: "the book holds no future or perpetual on it",
  funding: "the book holds no perpetual on it",
  rate: "the book holds no dated contract on it",
  stablecoin: "it is the currency that prices are in",
  haircut: "no balance of it is above 0",
};

/** Whether a factor that a kind of shock could move, and does not, is worth saying: rates are those of the quote currency as well. */
function isMissed(kind: FactorShockKind, factor: string, steady: ReadonlySet<string>): boolean {
  if (kind === "rate") return false;
  return kind !== "stablecoin" || steady.has(factor);
}

function stillLiquidity({ depthTimes, volumeTimes, furtherDays }: LiquidityShock): readonly NotMoved[] {
  const still = (factor: string, reason: string): NotMoved => ({ factor: `liquidity:${factor}`, reason });
  return [
    ...(depthTimes === 1 ? [] : [still("depth", "the market states no depth of its books")]),
    ...(volumeTimes === 1 ? [] : [still("volume", "no method here takes a volume from a scenario")]),
    ...(furtherDays === 0 ? [] : [still("further days", "methods state their own days of close-out in their rules")]),
  ];
}

/** Least relative price move: below it no price is left. A larger one by scale is held there. */
export const leastRelativeMove = -0.99;

function remarksOf({ shocks }: Shocked, scale: number): readonly string[] {
  const held = shocks.flatMap((shock) =>
    shock.kind === "price" && shock.mode === "relative" && shock.amount > -1 && shock.amount * scale < leastRelativeMove
      ? [`the price of ${shock.factor} is held at -99 %: ${scale} times its move leaves none`]
      : [],
  );
  const pegs = shocks.some(({ kind }) => kind === "stablecoin")
    ? [
        "prices in a stablecoin are divided by its price in USD: what it is worth in dollars is what the price shocks say",
      ]
    : [];
  return [...new Set([...held, ...pegs])];
}

/** A shock in words, scaled. */
function worded(shock: FactorShock, scale: number): string {
  const amount = shock.amount * scale;
  const signed = (text: string): string => (amount > 0 ? `+${text}` : text);
  const days =
    "tenor" in shock && shock.tenor !== undefined ? ` from ${shock.tenor.fromDays} to ${shock.tenor.toDays} days` : "";
  const deltas =
    shock.kind === "volatility" && shock.delta !== undefined
      ? ` at deltas ${shock.delta.from} to ${shock.delta.to}`
      : "";
  const reach = `${days}${deltas}`;
  if (shock.kind === "price" || shock.kind === "stablecoin" || shock.kind === "volatility") {
    if (shock.mode === "relative") return `${signed(formatPercent(amount))}${reach}`;
    const scaled = scale === 1 ? "" : ` (${scale} times the way there)`;
    if (shock.mode === "level") {
      const level = shock.kind === "volatility" ? formatPercent(shock.amount) : formatQuantity(shock.amount);
      return `to ${level}${scaled}${reach}`;
    }
    if (shock.kind === "volatility") return `${signed(formatQuantity(amount * 100))} points${reach}`;
    return `${signed(formatQuantity(amount))}${reach}`;
  }
  if (shock.kind === "skew" || shock.kind === "term" || shock.kind === "haircut")
    return `${signed(formatQuantity(amount * 100))} points${reach}`;
  if (shock.kind === "funding")
    return `${signed(formatPercent(amount, { decimals: 4 }))} per 8 h for ${shock.days} days`;
  return `${signed(formatPercent(amount))}${reach}`;
}
