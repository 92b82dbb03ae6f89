import { DomainError } from "../../base/index.ts";
import type { BookPosition } from "../contract.ts";
import type { MarketColumns, MatrixColumns } from "../market-columns.ts";
import { netted } from "../parts/holding.ts";
import { type AssetContracts, kind } from "./contracts.ts";
import type { AssetRules, ParadexRules } from "./rules.ts";
import { scanScenarios, scanSetId, scanTitle } from "./scenarios.ts";

type Input = MarketColumns & { readonly rules: ParadexRules };

/** What an asset requires at each market, USD. */
export interface AssetColumns {
  /** The larger of scan and least charge on delta. */
  readonly net: Float64Array;
  /** Of initial and maintenance margin alike. */
  readonly provided: Float64Array;
  readonly matrix: MatrixColumns;
}

/** Requirement of one asset at many markets: amounts of `assetCharge` to rounding. */
export function assetColumns(input: Input, contracts: AssetContracts, own: AssetRules): AssetColumns {
  const { count, rules } = input;
  const { losses, binding } = scanColumns(input, contracts, own);
  const { least, provided } = heldColumns(input, contracts, own);
  const labels = scanScenarios(rules, contracts.asset).map(({ label }) => label);
  return {
    net: Float64Array.from({ length: count }, (_, at) => Math.max(losses[at] as number, least[at] as number)),
    provided,
    matrix: { title: scanTitle(contracts.asset), labels, binding },
  };
}

/** The worst weighted scenario at each market, the first of equals; as `scanOf`. */
function scanColumns(input: Input, contracts: AssetContracts, { scenarios }: AssetRules) {
  const { count } = input;
  const width = scenarios.length;
  const totals = totalsOf(
    input,
    contracts,
    scenarios.map(({ spotShock }) => spotShock),
  );
  const losses = new Float64Array(count);
  const binding = new Int16Array(count).fill(-1);
  for (let market = 0; market < count; market++) {
    let least = 0;
    for (let scenario = 0; scenario < width; scenario++) {
      const amount = (scenarios[scenario]?.weight ?? 0) * (totals[market * width + scenario] as number);
      if (!Number.isFinite(amount)) throw new DomainError("the profit in a scenario must be a finite number", amount);
      if (amount >= least) continue;
      least = amount;
      binding[market] = scenario;
    }
    losses[market] = 0 - least;
  }
  return { losses, binding };
}

/** Profits by market and scenario, USD: legs in order, as of `scanOf`. */
function totalsOf(input: Input, { asset, places, kinds }: AssetContracts, moves: readonly number[]): Float64Array {
  const { book, count } = input;
  const width = moves.length;
  const totals = new Float64Array(count * width);
  const index = input.indices.get(asset) ?? new Float64Array(count);
  // As of `scanned`: weight·(factor·c + shift·k), `own` what is held times c.
  const add = (weights: Float64Array, shifts: Float64Array, own?: Float64Array, isMoved = false): void => {
    let at = 0;
    for (let market = 0; market < count; market++) {
      const [weight, shift] = [weights[market] as number, shifts[market] as number];
      for (let scenario = 0; scenario < width; scenario++, at++) {
        const move = moves[scenario] as number;
        const profit = own === undefined ? 0 : (isMoved ? 1 + move : 1) * (own[at] as number);
        totals[at] = (totals[at] as number) + weight * (profit + shift * move);
      }
    }
  };
  const ones = new Float64Array(count).fill(1);
  const none = new Float64Array(count);
  places.forEach((place, leg) => {
    const held = (book.positions[place] as BookPosition).position;
    if (kinds[leg] === kind.linearOption) add(ones, none, input.profits(scanSetId(asset), place));
    else if (kinds[leg] === kind.inverseOption) {
      const values = input.models(place).map((value) => held.quantity * value);
      add(input.forwards(place), values, input.profits(scanSetId(asset), place), true);
    } else add(coinsOf(input, place, held.quantity), index);
  });
  return totals;
}

/** Least charge on delta, and provisions: legs netted by instrument, as `minimumDeltaLine` and `provisionLines`. */
function heldColumns(input: Input, contracts: AssetContracts, own: AssetRules) {
  const { book, rules, count, marks } = input;
  const { asset, places, nettedKinds } = contracts;
  const index = input.indices.get(asset) ?? new Float64Array(count);
  const net = new Float64Array(count);
  const gross = new Float64Array(count);
  const funding = new Float64Array(count);
  const fees = new Float64Array(count);
  const holdings = netted(places.map((place) => (book.positions[place] as BookPosition).position));
  holdings.forEach(({ instrument, quantity, place: leg }, slot) => {
    const place = places[leg] as number;
    const isOption = instrument.kind === "option";
    const mark = marks[place] as Float64Array;
    const coins = coinsOf(input, place, quantity);
    const deltas = isOption ? spotDeltas(input, place, quantity, index) : coins;
    const fee = isOption ? rules.fees.option : rules.fees.perpetual;
    const isInCoin = isOption && instrument.payoff === "inverse";
    const fundingShare = nettedKinds[slot] === kind.perpetual ? (own.fundingRate * rules.fundingProvisionHours) / 8 : 0;
    for (let at = 0; at < count; at++) {
      const [delta, size, price] = [deltas[at], coins[at], index[at]] as [number, number, number];
      net[at] = (net[at] as number) + delta;
      gross[at] = (gross[at] as number) + Math.abs(delta);
      funding[at] = (funding[at] as number) + size * price * fundingShare;
      fees[at] = (fees[at] as number) + fee * Math.abs(size) * (mark[at] as number) * (isInCoin ? price : 1);
    }
  });
  const { unhedgedFactor, hedgedFactor } = own;
  return {
    least: net.map((delta, at) => {
      const hedged = ((gross[at] as number) - Math.abs(delta)) / 2;
      return (unhedgedFactor * Math.abs(delta) + hedgedFactor * hedged) * (index[at] as number);
    }),
    provided: fees.map((fee, at) => fee + Math.max(0, funding[at] as number)),
  };
}

/** Deltas of options to the spot, coins. */
function spotDeltas({ deltas, forwards }: Input, place: number, quantity: number, index: Float64Array): Float64Array {
  const unit = deltas[place] as Float64Array;
  return forwards(place).map((forward, at) => quantity * (unit[at] as number) * (forward / (index[at] as number)));
}

/** Signed size at each market, coins. */
function coinsOf({ book, count, marks }: Input, place: number, quantity: number): Float64Array {
  const { instrument } = (book.positions[place] as BookPosition).position;
  const isInMoney = instrument.payoff === "inverse" && instrument.kind !== "option";
  if (isInMoney) return (marks[place] as Float64Array).map((mark) => quantity / mark);
  return new Float64Array(count).fill(quantity);
}
