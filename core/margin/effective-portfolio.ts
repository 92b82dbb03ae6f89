import { failed, type Result, success } from "../base/index.ts";
import type { Balance, Component, Portfolio, Position } from "../portfolio/index.ts";
import { type AddedLeg, trades, withGains, withLegs, withQuantities } from "./added-leg.ts";

/** A changed quantity, in the unit of the position; 0 leaves the position out. */
export interface Edit {
  readonly positionId: string;
  readonly quantity: number;
}

type SetComponent = Pick<Component, "id" | "currency" | "amount"> & { readonly underlying?: string | undefined };

/** Changes the user makes to a portfolio for one run. */
export interface Changes {
  readonly edits?: readonly Edit[];
  /** Replace imported components of the same id, currency and underlying; requirements ≥ 0. */
  readonly components?: readonly SetComponent[];
  /** Replace imported balances of the same currency. */
  readonly balances?: readonly Pick<Balance, "currency" | "equity">[];
  /** Trades added after the edits. */
  readonly legs?: readonly AddedLeg[];
  /**
   * Leaves out the option value and the margin balance the venue stated even where nothing is traded: what is compared with a changed book
   * is derived in the same way.
   */
  readonly derived?: boolean;
}

/** What is margined: the portfolio after the user's changes. */
export interface EffectivePortfolio {
  readonly positions: readonly Position[];
  readonly balances: readonly Balance[];
  readonly components: readonly Component[];
}

/**
 * A portfolio after the user's changes. Changed quantities are traded at mark: equity stays, while the option value and
 * the margin balance the venue stated no longer describe the book and are left out. Legs are traded at their own price: what that gains
 * against the mark goes into the equity. The entry of a whole cross account is
 * left out when its currencies are listed.
 *
 * @returns `not-found` for an unknown position, `invalid-input` for an amount that is not finite or a negative requirement
 */
export function effectivePortfolio(portfolio: Portfolio, changes: Changes): Result<EffectivePortfolio> {
  const { edits = [], components = [], balances = [], legs = [], derived = false } = changes;
  const quantities = new Map(edits.map(({ positionId, quantity }) => [positionId, quantity]));
  const known = quantities.size === 0 ? undefined : placesOf(portfolio);
  for (const [id, quantity] of quantities) {
    if (known?.has(id) !== true) return failed("not-found", `${portfolio.name} has no position ${id} to change`, id);
    if (!Number.isFinite(quantity))
      return failed("invalid-input", `the new quantity of ${id} must be a finite number`, id);
  }
  const wrong = [
    ...components.filter(({ amount }) => !(Number.isFinite(amount) && amount >= 0)).map(({ id }) => id),
    ...balances.filter(({ equity }) => !Number.isFinite(equity)).map(({ currency }) => currency),
  ];
  if (wrong.length > 0)
    return failed(
      "invalid-input",
      `the amount set for ${wrong.join(", ")} must be finite, and not negative for a component`,
    );

  const traded = trades(legs);
  const positions = positionsAfter(portfolio, edits, traded ? legs : []);
  const separate = portfolio.balances.filter(({ wholeAccount }) => wholeAccount !== true);
  const stated = (separate.length > 0 ? separate : portfolio.balances)
    .filter(({ currency }) => !balances.some((set) => set.currency === currency))
    .map((balance) => (edits.length > 0 || traded || derived ? withoutStatedValues(balance) : balance));
  const owned = [...stated, ...balances.map(({ currency, equity }) => ({ currency, equity, basis: "set" as const }))];
  return success({
    positions,
    balances: traded ? withGains(owned, legs) : owned,
    components: [
      ...portfolio.components.filter(
        ({ id, currency, underlying }) =>
          !components.some((set) => set.id === id && set.currency === currency && set.underlying === underlying),
      ),
      ...components.map(({ id, currency, underlying, amount }) => ({
        ...{ id, currency, amount, basis: "set" as const },
        ...(underlying === undefined ? {} : { underlying }),
      })),
    ],
  });
}

function edited(portfolio: Portfolio, edits: readonly Edit[]): readonly Position[] {
  const places = placesOf(portfolio);
  const byPlace = new Map(
    edits.flatMap(({ positionId, quantity }) =>
      (places.get(positionId) ?? []).map((place): [number, number] => [place, quantity]),
    ),
  );
  return withQuantities(portfolio.positions, byPlace);
}

/** Positions after edits and trades. The latest are kept: every methodology of a what-if asks for the same. */
function positionsAfter(portfolio: Portfolio, edits: readonly Edit[], legs: readonly AddedLeg[]): readonly Position[] {
  if (edits.length === 0 && legs.length === 0) return portfolio.positions;
  const known = latestByPortfolio.get(portfolio);
  if (known !== undefined && areSame(known.edits, edits, isSameEdit) && areSame(known.legs, legs, isSameLeg))
    return known.positions;
  const changed = edits.length === 0 ? portfolio.positions : edited(portfolio, edits);
  const positions = withLegs(changed, legs);
  latestByPortfolio.set(portfolio, { edits, legs, positions });
  return positions;
}

interface Latest {
  readonly edits: readonly Edit[];
  readonly legs: readonly AddedLeg[];
  readonly positions: readonly Position[];
}

const latestByPortfolio = new WeakMap<Portfolio, Latest>();

function areSame<Change>(
  known: readonly Change[],
  asked: readonly Change[],
  isSame: (one: Change, other: Change) => boolean,
): boolean {
  return known.length === asked.length && known.every((one, at) => isSame(one, asked[at] as Change));
}

function isSameEdit(one: Edit, other: Edit): boolean {
  return one.positionId === other.positionId && one.quantity === other.quantity;
}

function isSameLeg(one: AddedLeg, other: AddedLeg): boolean {
  return one.instrument === other.instrument && one.quantity === other.quantity && one.account === other.account;
}

/** Places of the positions by id; made once for each portfolio, which never changes. */
function placesOf(portfolio: Portfolio): ReadonlyMap<string, readonly number[]> {
  const known = placesByPortfolio.get(portfolio);
  if (known !== undefined) return known;
  const places = new Map<string, number[]>();
  portfolio.positions.forEach(({ id }, place) => {
    const own = places.get(id);
    if (own === undefined) places.set(id, [place]);
    else own.push(place);
  });
  placesByPortfolio.set(portfolio, places);
  return places;
}

const placesByPortfolio = new WeakMap<Portfolio, ReadonlyMap<string, readonly number[]>>();

function withoutStatedValues({ marginBalance: _m, optionsValue: _o, ...rest }: Balance): Balance {
  return rest;
}
