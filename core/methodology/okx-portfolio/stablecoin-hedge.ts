import { columnSums } from "../parts/column-sums.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, lines } from "../statement.ts";
import type { OkxRules } from "./rules.ts";
import { section } from "./sections.ts";
import { tierParts } from "./tiers.ts";
import type { RiskUnit } from "./units.ts";

/** The pairs in the order in which deltas are matched. */
const pairs = [
  ["USDT", "USD"],
  ["USDT", "USDC"],
  ["USDC", "USD"],
] as const;

export type Money = "USDT" | "USDC" | "USD";

/** Volume of each pair, in the venue's order of priority, USD; ≥ 0. */
export interface HedgeVolume {
  readonly pair: readonly [Money, Money];
  readonly volume: number;
}

/**
 * Matches deltas of opposite sign against different monies: USDT-USD first, then USDT-USDC, then USDC-USD; what a pair
 * matches is used up.
 *
 * @param cashDeltas by money, USD, signed
 * @source OKX, merged risk units, MR9 (order of priority documented)
 */
export function hedgeVolumes(cashDeltas: Readonly<Record<Money, number>>): readonly HedgeVolume[] {
  const left = { ...cashDeltas };
  return pairs.map(([a, b]) => {
    const volume = left[a] * left[b] < 0 ? Math.min(Math.abs(left[a]), Math.abs(left[b])) : 0;
    left[a] -= Math.sign(left[a]) * volume;
    left[b] -= Math.sign(left[b]) * volume;
    return { pair: [a, b], volume };
  });
}

/** MR9, the charge on hedges between USDT, USDC and USD; bracket by bracket at the factor of the pair's price. */
export function stablecoinHedgeLine(unit: RiskUnit, { mr9 }: OkxRules, indices: ReadonlyMap<string, number>): Line {
  const { leaf, product, sum: total } = lines("USD");
  const id = `${unit.id}/mr9`;
  if (mr9 === undefined) return leaf(id, "MR9 hedge between stablecoins", 0, section.mr9, { component: "contingency" });
  const deltas = cashDeltas(unit);
  const children = hedgeVolumes(deltas).map(({ pair: [a, b], volume }) => {
    const pairId = `${id}/${a}-${b}`;
    const price = usdPerUnit(indices, a) / usdPerUnit(indices, b);
    const parts = tierParts(volume, mr9.brackets).map(({ tier, index, part }) => {
      const lineId = `${pairId}/bracket-${index + 1}`;
      const factor = interpolated(price, mr9.prices, tier.factors);
      const child = leaf(`${lineId}/volume`, "Volume in the bracket", part, section.mr9);
      return product(lineId, `Bracket ${index + 1}`, section.mr9, factor, "factor at the price of the pair", child, {
        component: "contingency",
        inputs: tier.factors.map((value, node) => ({
          label: `factor at ${mr9.prices[node]}`,
          value,
          parameter: `/mr9/brackets/${index}/factors/${node}`,
        })),
      });
    });
    return total(pairId, `${a} against ${b}`, section.mr9, parts, {
      component: "contingency",
      inputs: [
        { label: "hedged volume", value: volume, unit: "USD" },
        { label: "price of the pair", value: price, unit: b },
      ],
    });
  });
  return total(id, "MR9 hedge between stablecoins", section.mr9, children, {
    component: "contingency",
    inputs: Object.entries(deltas).map(([money, value]) => ({ label: `delta against ${money}`, value, unit: "USD" })),
  });
}

function cashDeltas({ netted, deltas, spot, index }: RiskUnit): Readonly<Record<Money, number>> {
  const { monies, moneyOf } = netted;
  const sums = columnSums(monies.length);
  for (let at = 0; at < moneyOf.length; at++) sums.add(moneyOf[at] as number, deltas.cash[at] as number);
  const of = (money: Money) => (monies.includes(money) ? sums.total(monies.indexOf(money)) : 0);
  return { USDT: of("USDT"), USDC: of("USDC"), USD: of("USD") + spot.coins * index };
}

/** Factor at a price: linear between the prices of the table, flat outside them. */
function interpolated(price: number, prices: readonly number[], factors: readonly number[]): number {
  const after = prices.findIndex((node) => node >= price);
  const last = factors.at(-1) ?? 0;
  if (after < 0) return last;
  const [right, left] = [prices[after] ?? price, prices[after - 1] ?? price];
  const [high, low] = [factors[after] ?? last, factors[after - 1] ?? factors[0] ?? last];
  return after === 0 || right <= left ? high : low + ((high - low) * (price - left)) / (right - left);
}
