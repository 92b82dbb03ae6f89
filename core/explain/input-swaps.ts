import { isoInstant, type Result, success } from "../base/index.ts";
import type { VenueStatement } from "../import/index.ts";
import type { MarginRun } from "../margin/index.ts";
import { buildSnapshot, type MarketSnapshot, type Quote } from "../market/index.ts";
import type { Balance, Component, Position, PositionId } from "../portfolio/index.ts";
import { bestKernel, type RevaluationKernel } from "../revaluation/index.ts";
import { type ResolvedRules, type Rulebook, resolveRules } from "../rulebook/index.ts";
import { conversion, profitKey, type StatedProfits } from "./cell-breaks.ts";
import { statedOverrides } from "./stated-overrides.ts";

/** Which input a difference comes from. */
export type Cause =
  | "position-set"
  | "price-basis"
  | "time"
  | "scenario-profits"
  | "parameter-version"
  | "imported-component"
  | "open-orders"
  | "balance";

/** One input of ours replaced by the venue's, everything else as it was. */
export interface InputSwap {
  readonly id: string;
  readonly cause: Cause;
  readonly label: string;
  /** The value comes from the venue's reply; otherwise it is another one of ours, tried. */
  readonly stated: boolean;
  /** The run with the input replaced; `undefined` when the venue's value is the one we have. */
  readonly change: (run: MarginRun) => Result<MarginRun | undefined>;
}

/**
 * The swaps a statement allows, in the order of a break report: position set, prices, time, parameters, components, open
 * orders, balances; then other versions of the rulebook.
 *
 * @param profits stated scenario profits of instruments, see `statedProfits`
 */
export function inputSwaps(
  statement: VenueStatement,
  rules: ResolvedRules,
  rulebook: Rulebook,
  profits: StatedProfits,
): readonly InputSwap[] {
  const swap = (
    id: string,
    cause: Cause,
    label: string,
    change: (run: MarginRun) => MarginRun | undefined,
  ): InputSwap => ({ id, cause, label, stated: true, change: (run) => success(change(run)) });
  const { quotes, indices, positions, asOfMs, components, balances, parameters } = statement;
  const orders = components.filter(({ id }) => isOrder(id));
  const others = components.filter(({ id }) => !isOrder(id));
  const volatile = quotes.some(({ markVolatility }) => markVolatility !== undefined);
  return [
    ...(positions === undefined
      ? []
      : [swap("positions", "position-set", "positions of the reply", (run) => withPositions(run, statement))]),
    ...(indices.length > 0
      ? [swap("index", "price-basis", "index prices of the reply", (run) => withPrices(run, { indices, quotes: [] }))]
      : []),
    ...(quotes.length > 0
      ? [
          swap(
            "marks",
            "price-basis",
            volatile ? "marks and volatilities of the reply" : "mark prices of the reply",
            (run) => withPrices(run, { indices: [], quotes }),
          ),
        ]
      : []),
    ...(quotes.length > 0 && indices.length > 0
      ? [
          swap("prices", "price-basis", "index and mark prices of the reply", (run) =>
            withPrices(run, { indices, quotes }),
          ),
        ]
      : []),
    ...(asOfMs === undefined
      ? []
      : [swap("time", "time", `time of the reply, ${isoInstant(asOfMs)}`, (run) => withTime(run, asOfMs))]),
    ...(parameters.length > 0 ? [parameterSwap(statement, rulebook)] : []),
    ...(profits.size > 0
      ? [
          swap("profits", "scenario-profits", "scenario profit of each instrument as the reply states it", (run) =>
            withProfits(run, profits),
          ),
        ]
      : []),
    ...componentSwap("components", "imported-component", "components the reply states", others),
    ...componentSwap("open-orders", "open-orders", "margin of orders the reply states", orders),
    ...(balances.length > 0
      ? [swap("balances", "balance", "equity the reply states", (run) => withBalances(run, statement))]
      : []),
    ...versionSwaps(rules, rulebook),
  ];

  function componentSwap(id: string, cause: Cause, label: string, stated: readonly Component[]): InputSwap[] {
    return stated.length === 0 ? [] : [swap(id, cause, label, (run) => withComponents(run, stated))];
  }
}

function isOrder(id: Component["id"]): boolean {
  return id === "open-orders" || id === "spot-orders" || id === "market-maker-protection";
}

/** Whether a position belongs to what the statement is about. */
export function isCovered({ covers }: VenueStatement, { instrument }: Pick<Position, "instrument">): boolean {
  // replies list spot as a balance
  if (instrument.kind === "spot") return false;
  if (covers === undefined) return true;
  return "settlements" in covers
    ? covers.settlements.includes(instrument.settlement)
    : covers.underlyings.includes(instrument.underlying);
}

function withPositions(run: MarginRun, statement: VenueStatement): MarginRun | undefined {
  const { portfolio } = run;
  const kept = portfolio.positions.filter((position) => !isCovered(statement, position));
  const known = new Map<string, PositionId>(portfolio.positions.map(({ instrument, id }) => [instrument.id, id]));
  const stated = (statement.positions ?? []).map(
    ({ instrument, quantity }): Position => ({
      id: known.get(instrument.id) ?? (instrument.symbol as PositionId),
      instrument,
      quantity,
    }),
  );
  const own = portfolio.positions.filter((position) => isCovered(statement, position));
  if ((run.edits ?? []).length === 0 && (run.legs ?? []).length === 0 && sameQuantities(own, stated)) return undefined;
  const { edits: _edits, legs: _legs, ...rest } = run;
  return { ...rest, portfolio: { ...portfolio, positions: [...kept, ...stated] } };
}

function sameQuantities(own: readonly Position[], stated: readonly Position[]): boolean {
  const total = (positions: readonly Position[]) => {
    const totals = new Map<string, number>();
    for (const { instrument, quantity } of positions)
      totals.set(instrument.id, (totals.get(instrument.id) ?? 0) + quantity);
    return totals;
  };
  const [ours, theirs] = [total(own), total(stated)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].every((id) => {
    const [a, b] = [ours.get(id) ?? 0, theirs.get(id) ?? 0];
    return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  });
}

type Prices = Pick<VenueStatement, "quotes" | "indices">;

/** The market with prices replaced; forwards and smiles are found again only where options have other prices. */
function withPrices(run: MarginRun, { quotes, indices }: Prices): MarginRun | undefined {
  const { market } = run;
  const stated = new Map(indices.map((index) => [index.underlying, index]));
  const newIndices = [
    ...market.indices.map((index) => stated.get(index.underlying) ?? index),
    ...indices.filter(({ underlying }) => !market.indices.some((known) => known.underlying === underlying)),
  ];
  const statedQuotes = new Map(quotes.map((quote) => [quote.instrument.id, quote]));
  const newQuotes = [
    ...market.quotes.map((quote) => merged(quote, statedQuotes.get(quote.instrument.id))),
    ...quotes.filter(({ instrument }) => !market.quotes.some((known) => known.instrument.id === instrument.id)),
  ];
  const indexMoved = newIndices.some(
    ({ underlying, price }) => market.indices.find((known) => known.underlying === underlying)?.price !== price,
  );
  const quoteMoved =
    newQuotes.length !== market.quotes.length || newQuotes.some((quote, at) => quote !== market.quotes[at]);
  if (!indexMoved && !quoteMoved) return undefined;
  const { name, venue, asOfMs, sources } = market;
  const changed: MarketSnapshot = quotes.some(({ instrument }) => instrument.kind === "option")
    ? buildSnapshot({ name, venue, asOfMs, sources, quotes: newQuotes, indices: newIndices })
    : { ...market, indices: newIndices, quotes: newQuotes };
  return { ...run, market: changed };
}

/** A quote with the stated prices in it; the same object when they are the ones it has. */
function merged(quote: Quote, stated: Quote | undefined): Quote {
  if (stated === undefined) return quote;
  const fields = ["mark", "markVolatility", "underlyingPrice"] as const;
  const differs = fields.some((field) => stated[field] !== undefined && stated[field] !== quote[field]);
  if (!differs) return quote;
  const { mark, markVolatility, underlyingPrice } = stated;
  return {
    ...quote,
    ...(mark === undefined ? {} : { mark }),
    ...(markVolatility === undefined ? {} : { markVolatility }),
    ...(underlyingPrice === undefined ? {} : { underlyingPrice }),
  };
}

/** The run with a kernel that answers the stated profits where there are any. */
function withProfits(run: MarginRun, profits: StatedProfits): MarginRun {
  const base = run.kernel ?? bestKernel();
  const indices = new Map(run.market.indices.map(({ underlying, price }) => [underlying, price]));
  const quantities = new Map<string, number>();
  for (const { instrument, quantity } of run.portfolio.positions)
    quantities.set(instrument.symbol, (quantities.get(instrument.symbol) ?? 0) + quantity);
  const kernel: RevaluationKernel = {
    name: `${base.name}, profits of the reply`,
    unitPnl: (instruments, scenarios, into) => {
      const values = base.unitPnl(instruments, scenarios, into);
      instruments.forEach(({ instrument: { symbol, settlement } }, row) => {
        const quantity = quantities.get(symbol) ?? 0;
        scenarios.forEach(({ id }, column) => {
          const profit = profits.get(profitKey(symbol, id));
          if (profit === undefined || quantity === 0) return;
          const settled = profit.amount * conversion(indices, profit.unit, settlement);
          values[row * scenarios.length + column] = settled / quantity;
        });
      });
      return values;
    },
  };
  return { ...run, kernel };
}

function withTime(run: MarginRun, asOfMs: number): MarginRun | undefined {
  return run.market.asOfMs === asOfMs ? undefined : { ...run, market: { ...run.market, asOfMs } };
}

function withComponents(run: MarginRun, stated: readonly Component[]): MarginRun | undefined {
  const { portfolio } = run;
  const key = ({ id, currency, underlying = "" }: Component) => `${id} ${currency} ${underlying}`;
  const wanted = new Map(stated.map((component) => [key(component), component]));
  const set = run.components ?? [];
  const keptSet = set.filter(({ id, currency }) => !stated.some((one) => one.id === id && one.currency === currency));
  const kept = portfolio.components.filter((component) => !wanted.has(key(component)));
  const had = new Map(portfolio.components.map((component) => [key(component), component.amount]));
  const same = keptSet.length === set.length && stated.every((one) => (had.get(key(one)) ?? 0) === one.amount);
  if (same) return undefined;
  return { ...run, components: keptSet, portfolio: { ...portfolio, components: [...kept, ...stated] } };
}

function withBalances(run: MarginRun, { balances }: VenueStatement): MarginRun | undefined {
  const { portfolio } = run;
  const stated = new Map(balances.map((balance) => [balance.currency, balance]));
  const own = new Map(portfolio.balances.map((balance) => [balance.currency, balance]));
  const set = run.balances ?? [];
  const has = ({ currency, equity, marginBalance }: Balance) =>
    own.get(currency)?.equity === equity &&
    (marginBalance === undefined || own.get(currency)?.marginBalance === marginBalance);
  if (set.length === 0 && balances.every(has)) return undefined;
  const kept = portfolio.balances.filter(({ currency }) => !stated.has(currency));
  return {
    ...run,
    balances: set.filter(({ currency }) => !stated.has(currency)),
    portfolio: { ...portfolio, balances: [...kept, ...balances] },
  };
}

function parameterSwap(statement: VenueStatement, rulebook: Rulebook): InputSwap {
  return {
    id: "parameters",
    cause: "parameter-version",
    label: "parameters of the reply",
    stated: true,
    change: (run) => {
      const { overrides } = statedOverrides(statement, run.rules, run.methodology);
      if (overrides.length === 0) return success(undefined);
      const rules = withOverrides(run.rules, rulebook, overrides);
      return rules.ok ? success({ ...run, rules: rules.value }) : rules;
    },
  };
}

function withOverrides(
  rules: ResolvedRules,
  rulebook: Rulebook,
  overrides: Parameters<typeof resolveRules>[2],
): Result<ResolvedRules> {
  const known = rulebook.versions.some(({ name }) => name === rules.version);
  const before = rules.overrides.map(({ path, value }) => ({ path, value }));
  return known
    ? resolveRules(rulebook, { name: rules.version }, [...before, ...(overrides ?? [])])
    : resolveRules(rulebook, { parameters: rules.parameters, label: rules.version }, overrides);
}

/** Every other version, and this one without the user's overrides. */
function versionSwaps(rules: ResolvedRules, rulebook: Rulebook): InputSwap[] {
  const names = rulebook.versions.map(({ name }) => name);
  const wanted = names.filter((name) => name !== rules.version || rules.overrides.length > 0);
  return wanted.map((name) => ({
    id: `rules:${name}`,
    cause: "parameter-version" as const,
    label: name === rules.version ? `rules ${name} without your overrides` : `rules ${name}`,
    stated: false,
    change: (run) => {
      const resolved = resolveRules(rulebook, { name });
      return resolved.ok ? success({ ...run, rules: resolved.value }) : resolved;
    },
  }));
}
