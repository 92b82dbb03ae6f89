import { DomainError, normalCdf } from "../base/index.ts";
import type { Option } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { blackKernel, leastTotalVolatility, logMoneyness } from "../pricing/index.ts";
import { type Scenario, shockedVolatility, yearsAfter } from "../scenario/index.ts";
import type { PricedInstrument, RevaluationKernel } from "./pnl-cube.ts";
import { slideFactor } from "./smile-slide.ts";

/**
 * A kernel for scenarios in which the smile slides with the price or the shock depends on the option's delta; it leaves everything else to the
 * kernel it stands before. Options that carry no smile keep their volatility by strike.
 *
 *     profit = V(F(1+m), shock(σ·slide, N(d1)), τ′) − V(F, σ, τ)
 *
 * @param kernel takes all other scenario lists, and instruments without volatility
 */
export function slideKernel(kernel: RevaluationKernel): RevaluationKernel {
  return {
    name: kernel.name,
    unitPnl(instruments, scenarios, into) {
      const byDelta = scenarios.some(({ volatility }) => volatility?.byDelta !== undefined);
      const slides = scenarios.some(({ stickiness }) => stickiness !== undefined);
      if (!byDelta && !slides) return kernel.unitPnl(instruments, scenarios, into);
      const isOwn = (priced: PricedInstrument): boolean =>
        (byDelta && isUncarried(priced)) || (slides && hasSmile(priced));
      if (!instruments.some(isOwn)) return kernel.unitPnl(instruments, scenarios, into);
      const width = scenarios.length;
      const values = into ?? new Float64Array(instruments.length * width);
      const plain: PricedInstrument[] = [];
      const rows: number[] = [];
      instruments.forEach((priced, row) => {
        const { instrument, terms } = priced;
        if (isOwn(priced) && instrument.kind === "option")
          fillSliding(values, row * width, instrument, terms, scenarios);
        else rows[plain.push(priced) - 1] = row;
      });
      const others = kernel.unitPnl(plain, scenarios);
      rows.forEach((row, index) => {
        values.set(others.subarray(index * width, (index + 1) * width), row * width);
      });
      return values;
    },
  };
}

/** Options with carry are valued on the spot price by their own pricers, at their volatility by strike. */
function isUncarried({ instrument, terms }: PricedInstrument): boolean {
  return instrument.kind === "option" && terms.carry === undefined;
}

function hasSmile(priced: PricedInstrument): boolean {
  return isUncarried(priced) && (priced.terms.smile?.length ?? 0) > 0;
}

function fillSliding(
  values: Float64Array,
  start: number,
  option: Option,
  { forward, years, volatility, smile = [] }: PricingTerms,
  scenarios: readonly Scenario[],
): void {
  const { strike } = option;
  if (!(forward > 0 && forward < Number.POSITIVE_INFINITY))
    throw new DomainError(`the forward of ${option.symbol} must be above 0`, forward);
  const isCall = option.optionType === "call";
  const inverse = option.payoff === "inverse";
  const logNow = logMoneyness(forward, strike);
  const now = volatility * Math.sqrt(years);
  const delta = callDelta(logNow, now);
  const valueNow = blackKernel(forward, strike, logNow, now, isCall);
  const unitNow = inverse ? valueNow / forward : valueNow;
  scenarios.forEach(({ priceMove, volatility: shock, decayDays = 0, stickiness }, column) => {
    if (!(priceMove > -1 && priceMove < Number.POSITIVE_INFINITY))
      throw new DomainError("a price move must be above -1", priceMove);
    const slide =
      stickiness === undefined || smile.length === 0 ? 1 : slideFactor(smile, strike, forward, priceMove, stickiness);
    const shocked = forward * (1 + priceMove);
    const total = shockedVolatility(volatility * slide, years, shock, delta) * Math.sqrt(yearsAfter(years, decayDays));
    const value = blackKernel(shocked, strike, logNow + Math.log1p(priceMove), total, isCall);
    const isStill = priceMove === 0 && shock === undefined && decayDays === 0;
    values[start + column] = isStill ? 0 : (inverse ? value / shocked : value) - unitNow;
  });
}

/** N(d1); 0 or 1 where no volatility is left. */
function callDelta(logMoneynessNow: number, total: number): number {
  if (total < leastTotalVolatility) return logMoneynessNow > 0 ? 1 : 0;
  return normalCdf(logMoneynessNow / total + total / 2);
}
