import { DomainError } from "../base/index.ts";
import type { Option } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { blackKernel, logMoneyness } from "../pricing/index.ts";
import { type Scenario, shockedVolatility, type VolatilityShock, yearsAfter } from "../scenario/index.ts";
import { carryKernel } from "./carry-kernel.ts";
import { checkPrice } from "./engine/domain.ts";
import type { PricedInstrument, RevaluationKernel } from "./pnl-cube.ts";

/**
 * The plain kernel: one cell at a time, by the same formula as `blackValue`.
 * Profit of one long unit when index and forward move by m and volatility becomes σ′; time does not pass:
 *
 *     linear option     V(F(1+m), σ′) − V(F, σ)
 *     inverse option    V(F(1+m), σ′) / (F(1+m)) − V(F, σ) / F
 *     linear future, perpetual   F·m;   spot   index·m
 *     listed option with rates   by its own pricer, see `carryKernel`
 *     inverse future, perpetual  1/F − 1/(F(1+m)), per unit of quote currency
 *
 * @source Deribit, Portfolio Margin, profit of one position at a move
 */
export const scalarKernel: RevaluationKernel = carryKernel({
  name: "scalar",
  unitPnl(instruments, scenarios, into) {
    const axis = scenarioAxis(scenarios);
    const values = into ?? new Float64Array(instruments.length * scenarios.length);
    instruments.forEach(({ instrument, terms }, row) => {
      const start = row * scenarios.length;
      if (instrument.kind === "option") fillOption(values, start, instrument, terms, axis);
      else fillMove(values, start, { instrument, terms }, axis);
    });
    return values;
  },
});

/** What all instruments share of a scenario list; one entry per scenario, shocks listed once. */
interface ScenarioAxis {
  readonly moves: Float64Array;
  /** ln(1 + m). */
  readonly logMoves: Float64Array;
  readonly shockOf: Uint32Array;
  readonly shocks: readonly (VolatilityShock | undefined)[];
  /** Days that pass, one entry per scenario. */
  readonly decayDays: Float64Array;
}

function scenarioAxis(scenarios: readonly Scenario[]): ScenarioAxis {
  const moves = Float64Array.from(scenarios, ({ priceMove }) => {
    if (!(priceMove > -1 && priceMove < Number.POSITIVE_INFINITY))
      throw new DomainError("a price move must be above -1", priceMove);
    return priceMove;
  });
  const shocks = [...new Set(scenarios.map(({ volatility }) => volatility))];
  const places = new Map(shocks.map((shock, place) => [shock, place]));
  const shockOf = Uint32Array.from(scenarios, ({ volatility }) => places.get(volatility) ?? 0);
  const decayDays = Float64Array.from(scenarios, ({ decayDays: days = 0 }) => {
    if (!(days >= 0 && days < Number.POSITIVE_INFINITY))
      throw new DomainError("days that pass must be 0 or more", days);
    return days;
  });
  return { moves, logMoves: moves.map(Math.log1p), shockOf, shocks, decayDays };
}

function fillOption(
  values: Float64Array,
  start: number,
  option: Option,
  terms: PricingTerms,
  axis: ScenarioAxis,
): void {
  const { forward, years, volatility } = terms;
  const { strike } = option;
  if (!(forward > 0 && forward < Number.POSITIVE_INFINITY))
    throw new DomainError(`the forward of ${option.symbol} must be above 0`, forward);
  if (!(strike > 0 && strike < Number.POSITIVE_INFINITY))
    throw new DomainError(`the strike of ${option.symbol} must be above 0`, strike);
  const isCall = option.optionType === "call";
  const inverse = option.payoff === "inverse";
  const logNow = logMoneyness(forward, strike);
  const volatilities = axis.shocks.map((shock) => shockedVolatility(volatility, years, shock));
  const now = shockedVolatility(volatility, years, undefined) * Math.sqrt(years);
  const valueNow = blackKernel(forward, strike, logNow, now, isCall);
  const unitNow = inverse ? valueNow / forward : valueNow;
  const { moves, logMoves, shockOf, decayDays } = axis;
  for (let column = 0; column < moves.length; column++) {
    const shocked = forward * (1 + (moves[column] ?? 0));
    const total = (volatilities[shockOf[column] ?? 0] ?? 0) * Math.sqrt(yearsAfter(years, decayDays[column] ?? 0));
    const value = blackKernel(shocked, strike, logNow + (logMoves[column] ?? 0), total, isCall);
    values[start + column] = (inverse ? value / shocked : value) - unitNow;
  }
}

/**
 * Writes the profit of one unit of an instrument whose price has no volatility: futures, perpetuals, spot.
 *
 * @param values filled from `start`, one value a scenario
 * @param axis   `moves`: relative price moves, each above −1
 * @throws DomainError if the price is not above 0
 */
export function fillMove(
  values: Float64Array,
  start: number,
  { instrument, terms }: PricedInstrument,
  { moves }: { readonly moves: Float64Array },
): void {
  const price = instrument.kind === "spot" ? terms.index : terms.forward;
  checkPrice("price", instrument.symbol, price);
  const inverse = instrument.payoff === "inverse" && instrument.kind !== "spot";
  for (let column = 0; column < moves.length; column++) {
    const move = moves[column] ?? 0;
    // m / (F(1+m)) is 1/F − 1/(F(1+m)) without the cancellation, and exactly 0 when nothing moves.
    values[start + column] = inverse ? move / (price * (1 + move)) : price * move;
  }
}
