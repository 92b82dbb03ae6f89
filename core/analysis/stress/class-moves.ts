import type { PricingTerms } from "../../market/index.ts";
import { logMoneyness } from "../../pricing/index.ts";
import { type HeldOption, movedTerms, type RevaluationKernel } from "../../revaluation/index.ts";
import type { Scenario, VolatilityShock } from "../../scenario/index.ts";
import type { MergedBook, OptionClass } from "../merged-book.ts";
import { type CoinPrices, contractShocker } from "./contract-shock.ts";
import type { StressShocks } from "./stress-shocks.ts";
import { plainScenario } from "./stressed-rows.ts";

/** A class of options after a scenario. */
export interface MovedClass {
  readonly one: OptionClass;
  /** Its members, to be moved by `priceMove` and `shock`; where the scenario moved them one by one they stand at their new terms. */
  readonly members: readonly HeldOption[];
  readonly priceMove: number;
  readonly shock: VolatilityShock | undefined;
  /** Of the entry that stands for the class: its first option moved, with the mean mark. The terms before where nothing moved. */
  readonly terms: PricingTerms;
  /** Σ quantity × unit profit, settlement currency; gain > 0. */
  readonly profits: number;
  /** Σ quantity × mark; no mark falls below 0. */
  readonly values: number;
}

/** The classes of a merged book after a scenario by its place; `undefined` where an option has no value there, or only by the normal model. */
export type ClassMoves = (scenario: number) => readonly MovedClass[] | undefined;

/**
 * Classes of options after each of some scenarios. Where all a scenario says of an underlying is a relative price move and one shock of volatility,
 * its options are revalued by the kernel for all scenarios at once; else each is moved by `contractShocker`.
 */
export function classMoves(
  merged: MergedBook,
  shocks: readonly StressShocks[],
  coinPrice: CoinPrices,
  kernel: RevaluationKernel,
): ClassMoves {
  const parts = sortsOf(merged).map(({ like, hasSmile, classes, members }) => {
    const scenarios = shocks.map((one) => (one.days === 0 ? plainScenario(like, one, coinPrice, hasSmile) : undefined));
    const together = scenarios.flatMap((scenario) => scenario ?? []);
    let column = 0;
    const columns = scenarios.map((scenario) => (scenario === undefined ? -1 : column++));
    const units = together.length === 0 ? new Float64Array() : kernel.unitPnl(members, together);
    return { classes, scenarios, columns, width: together.length, units };
  });
  return (at) => {
    const moved: MovedClass[] = [];
    for (const { classes, scenarios, columns, width, units } of parts) {
      const scenario = scenarios[at];
      let unit = columns[at] as number;
      for (const one of classes) {
        const { terms } = merged.holdings.instruments[one.row] as { readonly terms: PricingTerms };
        if (scenario !== undefined) moved.push(movedTogether(one, terms, scenario, units, unit, width));
        else {
          const apart = movedApart(one, shocks[at] as StressShocks, coinPrice);
          if (apart === undefined) return undefined;
          moved.push(apart);
        }
        unit += one.members.length * width;
      }
    }
    return moved;
  };
}

/** Classes that a scenario may move as one: of one underlying and quote currency. */
interface ClassSort {
  readonly like: { readonly underlying: string; readonly quote: string; readonly kind: "option" };
  readonly hasSmile: boolean;
  readonly classes: readonly OptionClass[];
  /** Members of the classes, one after the other. */
  readonly members: readonly HeldOption[];
}

/** Sorts of a merged book; made once for it. */
function sortsOf(merged: MergedBook): readonly ClassSort[] {
  const known = sortsByBook.get(merged);
  if (known !== undefined) return known;
  const groups = new Map<string, { like: ClassSort["like"]; classes: OptionClass[] }>();
  for (const one of merged.classes) {
    const quote = one.members[0]?.instrument.quote ?? "";
    const key = `${one.underlying} ${quote}`;
    const group = groups.get(key) ?? { like: { underlying: one.underlying, quote, kind: "option" }, classes: [] };
    groups.set(key, group);
    group.classes.push(one);
  }
  const sorts = [...groups.values()].map(({ like, classes }) => {
    const members = classes.flatMap((one) => one.members);
    return { like, classes, members, hasSmile: members.some(({ terms }) => terms.smile !== undefined) };
  });
  sortsByBook.set(merged, sorts);
  return sorts;
}

const sortsByBook = new WeakMap<MergedBook, readonly ClassSort[]>();

function movedTogether(
  one: OptionClass,
  before: PricingTerms,
  scenario: Scenario,
  units: Float64Array,
  first: number,
  width: number,
): MovedClass {
  const { members, quantity } = one;
  let profits = 0;
  let values = 0;
  let at = first;
  for (const { quantity: held, terms } of members) {
    const profit = units[at] as number;
    at += width;
    profits += held * profit;
    values += held * Math.max(0, terms.mark + profit);
  }
  const { priceMove, volatility: shock } = scenario;
  const instrument = (members[0] as HeldOption).instrument;
  const moved = movedTerms(instrument, before, scenario, 0);
  const terms = moved === before ? before : { ...moved, mark: values / quantity };
  return { one, members, priceMove, shock, terms, profits, values };
}

function movedApart(one: OptionClass, shocks: StressShocks, coinPrice: CoinPrices): MovedClass | undefined {
  const members: HeldOption[] = [];
  let profits = 0;
  let values = 0;
  const shocker = contractShocker(shocks, coinPrice);
  for (const held of one.members) {
    const { terms, unitProfit, isNormal, refused } = shocker(held);
    if (isNormal || refused !== undefined) return undefined;
    profits += held.quantity * unitProfit;
    values += held.quantity * terms.mark;
    members.push({ ...held, terms, distance: logMoneyness(terms.forward, held.instrument.strike) });
  }
  const terms = { ...(members[0] as HeldOption).terms, mark: values / one.quantity };
  return { one, members, priceMove: 0, shock: undefined, terms, profits, values };
}
