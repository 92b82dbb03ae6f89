import { DomainError } from "../base/index.ts";
import type { Option } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { blackKernel, logMoneyness } from "../pricing/index.ts";
import { type Scenario, shockedVolatility, yearsAfter } from "../scenario/index.ts";
import type { PricedInstrument, RevaluationKernel } from "./pnl-cube.ts";
import { slideFactor } from "./smile-slide.ts";

/**
 * A kernel that lets the smile slide with the price in scenarios that say so, and leaves everything else to the kernel it stands before.
 * Options that carry no smile keep their volatility by strike.
 *
 *     profit = V(F(1+m), shock(σ·slide), τ′) − V(F, σ, τ)
 *
 * @param kernel takes scenario lists without sliding smiles, and instruments without a smile
 */
export function slideKernel(kernel: RevaluationKernel): RevaluationKernel {
  return {
    name: kernel.name,
    unitPnl(instruments, scenarios, into) {
      const slides = scenarios.some(({ stickiness }) => stickiness !== undefined);
      if (!slides || !instruments.some(hasSmile)) return kernel.unitPnl(instruments, scenarios, into);
      const width = scenarios.length;
      const values = into ?? new Float64Array(instruments.length * width);
      const plain: PricedInstrument[] = [];
      const rows: number[] = [];
      instruments.forEach((priced, row) => {
        const { instrument, terms } = priced;
        if (hasSmile(priced) && instrument.kind === "option")
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
function hasSmile({ instrument, terms }: PricedInstrument): boolean {
  return instrument.kind === "option" && terms.carry === undefined && (terms.smile?.length ?? 0) > 0;
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
  const valueNow = blackKernel(forward, strike, logNow, volatility * Math.sqrt(years), isCall);
  const unitNow = inverse ? valueNow / forward : valueNow;
  scenarios.forEach(({ priceMove, volatility: shock, decayDays = 0, stickiness }, column) => {
    if (!(priceMove > -1 && priceMove < Number.POSITIVE_INFINITY))
      throw new DomainError("a price move must be above -1", priceMove);
    const slide = stickiness === undefined ? 1 : slideFactor(smile, strike, forward, priceMove, stickiness);
    const shocked = forward * (1 + priceMove);
    const total = shockedVolatility(volatility * slide, years, shock) * Math.sqrt(yearsAfter(years, decayDays));
    const value = blackKernel(shocked, strike, logNow + Math.log1p(priceMove), total, isCall);
    const isStill = priceMove === 0 && shock === undefined && decayDays === 0;
    values[start + column] = isStill ? 0 : (inverse ? value / shocked : value) - unitNow;
  });
}
