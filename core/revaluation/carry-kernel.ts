import { DomainError } from "../base/index.ts";
import type { Option } from "../instrument/index.ts";
import { carriedPrice, carriedPrices, spotOption } from "../pricing/index.ts";
import { type Scenario, shockedVolatility } from "../scenario/index.ts";
import type { PricedInstrument, RevaluationKernel } from "./pnl-cube.ts";

/**
 * A kernel that values listed options with carry by their own pricers, American ones with early exercise, and leaves every other
 * instrument to the kernel it stands before. The price move is that of the spot price; dividends in cash do not move with it.
 *
 *     profit = V(S(1+m), σ′, τ′) − V(S, σ, τ)
 *
 * @param kernel takes what has no carry
 */
export function carryKernel(kernel: RevaluationKernel): RevaluationKernel {
  return {
    name: kernel.name,
    unitPnl(instruments, scenarios, into) {
      if (!instruments.some(isCarried)) return kernel.unitPnl(instruments, scenarios, into);
      const width = scenarios.length;
      const values = into ?? new Float64Array(instruments.length * width);
      const plain: PricedInstrument[] = [];
      const rows: number[] = [];
      instruments.forEach((priced, row) => {
        const { instrument } = priced;
        if (isCarried(priced) && instrument.kind === "option")
          fillCarried(values, row * width, instrument, priced, scenarios);
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

/** Whether an instrument is an option with carry, which the engine's own formula does not value. */
export function isCarried({ instrument, terms }: PricedInstrument): boolean {
  return instrument.kind === "option" && terms.carry !== undefined;
}

function fillCarried(
  values: Float64Array,
  start: number,
  option: Option,
  { terms }: PricedInstrument,
  scenarios: readonly Scenario[],
): void {
  const now = carriedPrice(option, terms);
  const groups = new Map<string, number[]>();
  scenarios.forEach(({ priceMove, volatility, decayDays = 0 }, column) => {
    if (!(priceMove > -1 && priceMove < Number.POSITIVE_INFINITY))
      throw new DomainError("a price move must be above -1", priceMove);
    const key = `${shockedVolatility(terms.volatility, terms.years, volatility)} ${decayDays}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [column]);
    else group.push(column);
  });
  for (const [key, columns] of groups) {
    const [sigma = 0, days = 0] = key.split(" ").map(Number);
    const at = { ...spotOption(option, terms, days), sigma };
    const still = sigma === terms.volatility && days === 0;
    const spots = columns.map((column) => at.spot * (1 + (scenarios[column]?.priceMove ?? 0)));
    const prices = carriedPrices(option, at, spots);
    columns.forEach((column, i) => {
      const unmoved = still && scenarios[column]?.priceMove === 0;
      values[start + column] = unmoved ? 0 : (prices[i] ?? 0) - now;
    });
  }
}
