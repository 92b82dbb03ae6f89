import { inTheMoney } from "./costs.ts";
import type { OptionLeg } from "./legs.ts";

/** Contracts of a leg in a group, signed as the leg. */
export interface HeldLeg {
  readonly leg: OptionLeg;
  readonly contracts: number;
}

/** Largest loss of a spread at expiry, and the strike where it arises. */
export interface PotentialLoss {
  /** Quote currency; ≥ 0. */
  readonly amount: number;
  readonly strike: number;
}

/**
 * Largest loss of options with one underlying and contract size, long and short contracts equal in number within calls and within puts, so
 * that their value is a straight line between strikes and flat beyond them.
 *
 *     max(0, −min over strikes x of Σ contracts·intrinsic(x))·M
 *
 * @param legs legs with their contracts
 */
export function potentialLoss(legs: readonly HeldLeg[]): PotentialLoss {
  let worst: PotentialLoss = { amount: 0, strike: legs[0]?.leg.option.strike ?? 0 };
  for (const { leg } of legs) {
    const { strike } = leg.option;
    const loss = -worthAt(legs, strike);
    if (loss > worst.amount) worst = { amount: loss, strike };
  }
  return worst;
}

/** Value of a spread at expiry at a price of the underlying. */
export function worthAt(legs: readonly HeldLeg[], price: number): number {
  let total = 0;
  for (const { leg, contracts } of legs) total += contracts * leg.size * inTheMoney(leg, price, leg.option.strike);
  return total;
}

/**
 * A combined spread split into the smallest pieces whose losses add up to its own: pairs first, then pairs of pairs, the rest as one.
 * Splitting never costs anything: a piece is taken off only where the sum stays.
 *
 * @param legs contracts of one spread, balanced within calls and within puts
 * @returns pieces with the same total loss and the same contracts
 */
export function piecesOf(legs: readonly HeldLeg[]): readonly (readonly HeldLeg[])[] {
  let rest: readonly HeldLeg[] = legs.filter(({ contracts }) => contracts !== 0);
  const pieces: (readonly HeldLeg[])[] = [];
  const takeAll = (units: readonly (readonly HeldLeg[])[]): void => {
    for (const unit of units) {
      const count = mostTimes(rest, unit);
      if (count === 0) continue;
      pieces.push(unit.map(({ leg, contracts }) => ({ leg, contracts: contracts * count })));
      rest = without(rest, unit, count);
    }
  };
  takeAll(pairsOf(rest));
  if (rest.length > 4) takeAll(foursOf(rest));
  return rest.length === 0 ? pieces : [...pieces, rest];
}

/** A long and a short of one right, one contract each; the smallest loss first. */
function pairsOf(legs: readonly HeldLeg[]): (readonly HeldLeg[])[] {
  const longs = legs.filter(({ contracts }) => contracts > 0);
  const shorts = legs.filter(({ contracts }) => contracts < 0);
  const pairs = shorts.flatMap((short) =>
    longs
      .filter(({ leg }) => leg.option.optionType === short.leg.option.optionType)
      .map((long) => [
        { leg: long.leg, contracts: 1 },
        { leg: short.leg, contracts: -1 },
      ]),
  );
  return byLoss(pairs);
}

/** Two such pairs together, where they lose less together than apart. */
function foursOf(legs: readonly HeldLeg[]): (readonly HeldLeg[])[] {
  const pairs = pairsOf(legs);
  const losses = pairs.map((pair) => potentialLoss(pair).amount);
  const fours: (readonly HeldLeg[])[] = [];
  for (let i = 0; i < pairs.length; i++)
    for (let j = i; j < pairs.length; j++) {
      const four = added(pairs[i] ?? [], pairs[j] ?? []);
      const apart = (losses[i] ?? 0) + (losses[j] ?? 0);
      if (four.length > 2 && potentialLoss(four).amount < apart - 1e-9 * Math.max(1, apart)) fours.push(four);
    }
  return byLoss(fours);
}

function byLoss(units: (readonly HeldLeg[])[]): (readonly HeldLeg[])[] {
  return units
    .map((unit, place) => ({ unit, place, loss: potentialLoss(unit).amount, width: widthOf(unit) }))
    .sort((a, b) => a.loss - b.loss || a.width - b.width || a.place - b.place)
    .map(({ unit }) => unit);
}

function widthOf(unit: readonly HeldLeg[]): number {
  const strikes = unit.map(({ leg }) => leg.option.strike);
  return Math.max(...strikes) - Math.min(...strikes);
}

/** How many of a unit can be taken off a spread without changing the sum of losses: feasible counts run from 0 without a gap. */
function mostTimes(rest: readonly HeldLeg[], unit: readonly HeldLeg[]): number {
  const whole = potentialLoss(rest).amount;
  const one = potentialLoss(unit).amount;
  const free = (count: number) =>
    potentialLoss(without(rest, unit, count)).amount + count * one <= whole + 1e-9 * Math.max(1, whole);
  let high = Number.POSITIVE_INFINITY;
  for (const { leg, contracts } of unit) {
    const held = rest.find((entry) => entry.leg === leg)?.contracts ?? 0;
    if (held * contracts <= 0) return 0;
    high = Math.min(high, Math.floor(Math.abs(held / contracts)));
  }
  let low = 0;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (free(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function without(rest: readonly HeldLeg[], unit: readonly HeldLeg[], count: number): readonly HeldLeg[] {
  return rest.flatMap(({ leg, contracts }) => {
    const taken = unit.find((entry) => entry.leg === leg)?.contracts ?? 0;
    const left = contracts - count * taken;
    return left === 0 ? [] : [{ leg, contracts: left }];
  });
}

function added(a: readonly HeldLeg[], b: readonly HeldLeg[]): readonly HeldLeg[] {
  const total = new Map<OptionLeg, number>();
  for (const { leg, contracts } of [...a, ...b]) total.set(leg, (total.get(leg) ?? 0) + contracts);
  return [...total].map(([leg, contracts]) => ({ leg, contracts }));
}
