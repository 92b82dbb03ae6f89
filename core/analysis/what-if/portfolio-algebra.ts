import { failed, type Result, success } from "../../base/index.ts";
import type { Balance, Component, Portfolio, Position, PositionId } from "../../portfolio/index.ts";

/** A portfolio with its factor: 1 adds, −1 subtracts, 0.5 is half of it. */
export interface AlgebraTerm {
  readonly portfolio: Portfolio;
  /** Finite. */
  readonly times: number;
  /** Positions of these accounts only; absent: all. */
  readonly accounts?: readonly string[] | undefined;
}

export interface AlgebraOptions {
  readonly name: string;
  /** `net`: one position for each instrument and account, left out at 0; `gross`: every position for itself. */
  readonly positions: "net" | "gross";
  /** All positions in one account. */
  readonly mergeAccounts: boolean;
  /** `scale`: equity × factor, added by currency; `first`: those of the first portfolio; `none`. */
  readonly balances: "scale" | "first" | "none";
}

export interface AlgebraResult {
  readonly portfolio: Portfolio;
  /** What could not be carried over, in words. */
  readonly notes: readonly string[];
}

/**
 * A sum of portfolios, each times its factor:
 *
 *     quantity = Σ timesᵢ × quantityᵢ,   equity = Σ timesᵢ × equityᵢ
 *
 * @param terms at least one
 * @returns the portfolio with what it could not carry over: figures the venue stated for positions, whole-account balances beside others,
 *          components of subtracted portfolios; `invalid-input` for a factor that is not finite
 */
export function portfolioAlgebra(terms: readonly AlgebraTerm[], options: AlgebraOptions): Result<AlgebraResult> {
  const [first] = terms;
  if (first === undefined) return failed("invalid-input", "no portfolio is given", "/terms");
  const wrong = terms.findIndex(({ times }) => !Number.isFinite(times));
  if (wrong >= 0) return failed("invalid-input", "a factor must be a finite number", `/terms/${wrong}/times`);
  const scaled = terms.flatMap(({ portfolio, times, accounts }, place) =>
    portfolio.positions
      .filter(({ account }) => accounts === undefined || (account !== undefined && accounts.includes(account)))
      .map((position) => scaledPosition(position, times, { place, portfolio, options })),
  );
  const held = options.positions === "net" ? netted(scaled) : scaled.filter(({ quantity }) => quantity !== 0);
  const notes: string[] = [];
  const dropped = terms.filter(({ portfolio, times }) => times < 0 && portfolio.components.length > 0);
  for (const { portfolio } of dropped)
    notes.push(`components of ${portfolio.name} are left out: a requirement that is an input cannot be subtracted`);
  const venues = [...new Set(terms.map(({ portfolio }) => portfolio.venue))];
  const known = terms.flatMap(({ portfolio }) => portfolio.asOfMs ?? []);
  return success({
    portfolio: {
      name: options.name,
      venue: venues.length === 1 ? first.portfolio.venue : "several venues",
      positions: held,
      balances: balancesOf(terms, options, notes),
      components: componentsOf(terms),
      ...(known.length === 0 ? {} : { asOfMs: Math.max(...known) }),
      sources: terms.flatMap(({ portfolio }) => portfolio.sources),
      ...(terms.some(({ portfolio }) => portfolio.synthetic === true) ? { synthetic: true } : {}),
    },
    notes,
  });
}

function scaledPosition(
  { stated, account, ...position }: Position,
  times: number,
  {
    place,
    portfolio,
    options,
  }: { readonly place: number; readonly portfolio: Portfolio; readonly options: AlgebraOptions },
): Position {
  // A venue's own mark stays true whatever is held; its margin figures do not.
  const mark = stated?.markPrice === undefined ? {} : { stated: { markPrice: stated.markPrice } };
  const owner = options.mergeAccounts ? undefined : (account ?? (place === 0 ? undefined : portfolio.name));
  return {
    ...position,
    id: (place === 0 ? position.id : `${place + 1}/${position.id}`) as PositionId,
    quantity: position.quantity * times === 0 ? 0 : position.quantity * times,
    ...mark,
    ...(owner === undefined || options.positions === "net" ? accountOf(options, account) : { account: owner }),
  };
}

function accountOf({ mergeAccounts }: AlgebraOptions, account: string | undefined): Pick<Position, "account"> | object {
  return mergeAccounts || account === undefined ? {} : { account };
}

/** One position for each instrument and account, where the first of them stood. */
function netted(positions: readonly Position[]): readonly Position[] {
  const sums = new Map<string, Position>();
  for (const position of positions) {
    const key = `${position.instrument.id} @ ${position.account ?? ""}`;
    const known = sums.get(key);
    if (known === undefined) sums.set(key, position);
    else {
      const { averagePrice: _, origin: _origin, ...rest } = known;
      sums.set(key, { ...rest, quantity: known.quantity + position.quantity });
    }
  }
  return [...sums.values()].filter(({ quantity }) => quantity !== 0);
}

function balancesOf(terms: readonly AlgebraTerm[], { balances }: AlgebraOptions, notes: string[]): readonly Balance[] {
  if (balances === "none") return [];
  if (balances === "first") return terms[0]?.portfolio.balances ?? [];
  const only = terms.length === 1 && terms[0]?.times === 1 ? terms[0].portfolio : undefined;
  if (only !== undefined) return only.balances;
  const totals = new Map<string, { equity: number; whole: boolean }>();
  for (const { portfolio, times } of terms) {
    const separate = portfolio.balances.filter(({ wholeAccount }) => wholeAccount !== true);
    const counted = separate.length > 0 ? separate : portfolio.balances;
    if (counted.length < portfolio.balances.length)
      notes.push(`the whole-account balance of ${portfolio.name} repeats its currencies and is left out`);
    for (const { currency, equity, wholeAccount } of counted) {
      const known = totals.get(currency) ?? { equity: 0, whole: false };
      totals.set(currency, {
        equity: known.equity + equity * times,
        whole: known.whole || (separate.length === 0 && wholeAccount === true),
      });
    }
  }
  const mixed = [...totals.values()].some(({ whole }) => whole) && totals.size > 1;
  if (mixed) notes.push("a balance of a whole account in USD stands beside balances by currency: check the equity");
  return [...totals].map(([currency, { equity, whole }]) => ({
    ...{ currency, equity: equity === 0 ? 0 : equity, basis: "computed" as const },
    ...(whole && !mixed ? { wholeAccount: true as const } : {}),
  }));
}

function componentsOf(terms: readonly AlgebraTerm[]): readonly Component[] {
  const totals = new Map<string, Component>();
  for (const { portfolio, times } of terms) {
    if (times <= 0) continue;
    for (const component of portfolio.components) {
      const key = `${component.id} ${component.currency} ${component.underlying ?? ""}`;
      const known = totals.get(key);
      totals.set(key, { ...component, amount: (known?.amount ?? 0) + component.amount * times });
    }
  }
  return [...totals.values()];
}
