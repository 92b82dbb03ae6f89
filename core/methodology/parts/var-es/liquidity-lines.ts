import { sum as compensatedSum } from "../../../base/index.ts";
import { concentrationMultiple, liquidityAddOn } from "../../../measure/index.ts";
import { type Line, type LineInput, lines } from "../../statement.ts";
import type { LiquidityMarket } from "./add-on-rules.ts";
import { netHoldings } from "./net-holdings.ts";
import type { RequirementInput } from "./requirement.ts";
import type { VarEsRules } from "./rules.ts";
import { section } from "./sections.ts";

const { leaf, product, sum } = lines("USD");

/** What one underlying would take to sell. */
interface Size {
  readonly underlying: string;
  /** |Σ delta|, units of the underlying. */
  readonly delta: number;
  /** Σ |vega| over instruments, USD per volatility point. */
  readonly vega: number;
  readonly index: number;
  readonly market: LiquidityMarket;
  /** Pointer of the market in the rules. */
  readonly at: string;
  /** |Q| / (ρ · daily volume). */
  readonly days: number;
  /** Margin of the underlying alone: measure × √days × multiplier. */
  readonly margin: number;
}

function sizesOf({ book, rules, current }: RequirementInput): readonly Size[] {
  const { liquidity } = rules.addOns;
  const holdings = netHoldings(book);
  return current.underlyings.map((underlying): Size => {
    const own = holdings.filter(({ held }) => held.position.instrument.underlying === underlying);
    const delta = Math.abs(compensatedSum(own.map((one) => one.delta)));
    const named = liquidity.markets[underlying];
    const market = named ?? liquidity.other;
    return {
      ...{ underlying, delta, market },
      vega: compensatedSum(own.map((one) => Math.abs(one.vega))),
      index: own[0]?.held.terms.index ?? 0,
      at: named === undefined ? "/addOns/liquidity/other" : `/addOns/liquidity/markets/${underlying}`,
      days: delta / (liquidity.participation * market.dailyVolume),
      margin: Math.max(0, current.alone([underlying])) * current.horizonFactor * rules.multiplier,
    };
  });
}

function sizeInputs({ underlying, delta, market, at, days }: Size, rules: VarEsRules): readonly LineInput[] {
  const { participation } = rules.addOns.liquidity;
  return [
    { label: "net delta", value: delta, unit: underlying },
    { label: "daily volume", value: market.dailyVolume, unit: underlying, parameter: `${at}/dailyVolume` },
    { label: "participation", value: participation, parameter: "/addOns/liquidity/participation" },
    { label: "days to liquidate", value: days },
  ];
}

/** Price risk beyond the horizon while the position is sold, and half the bid-ask spread. */
export function liquidityLines(id: string, input: RequirementInput): readonly Line[] {
  const { liquidity } = input.rules.addOns;
  const { method, spreadShare } = liquidity;
  if (method === "none" && spreadShare === 0) return [];
  const children = sizesOf(input).flatMap((size) => [
    ...(method === "none" ? [] : [longerSale(`${id}/${size.underlying}/sale`, size, input.rules)]),
    ...(spreadShare === 0 ? [] : [spread(`${id}/${size.underlying}/spread`, size, spreadShare)]),
  ]);
  return children.length === 0 ? [] : [sum(id, "Liquidity", section.liquidity, children)];
}

function longerSale(id: string, size: Size, rules: VarEsRules): Line {
  const { underlying, days, margin } = size;
  const base = rules.horizon.days;
  const longer = Math.max(base, days);
  const method = rules.addOns.liquidity.method === "unwind" ? "unwind" : "block";
  const factor = liquidityAddOn(1, longer, base, method);
  const alone = leaf(`${id}/margin`, `Margin of ${underlying} alone`, margin, section.liquidity);
  const label = method === "block" ? "√(days/horizon) − 1" : "even sale over the days − 1";
  return product(id, `${underlying}: sale beyond the horizon`, section.liquidity, factor, label, alone, {
    inputs: sizeInputs(size, rules),
  });
}

function spread(id: string, { underlying, delta, vega, index, market, at }: Size, share: number): Line {
  const { halfSpread, halfSpreadVolatility } = market;
  const cost = halfSpread * delta * index + halfSpreadVolatility * 100 * vega;
  const whole = leaf(`${id}/cost`, "Half spread of net delta and gross vega", cost, section.liquidity, {
    inputs: [
      { label: "half spread", value: halfSpread, parameter: `${at}/halfSpread` },
      { label: "net delta at the index", value: delta * index, unit: "USD" },
      { label: "half spread of volatility", value: halfSpreadVolatility, parameter: `${at}/halfSpreadVolatility` },
      { label: "gross vega", value: vega, unit: "USD per volatility point" },
    ],
  });
  return product(id, `${underlying}: bid-ask spread`, section.liquidity, share, "share of the half spread", whole, {
    inputs: [{ label: "share", value: share, parameter: "/addOns/liquidity/spreadShare" }],
  });
}

/** A share of the underlying's own margin by the days to liquidate it. */
export function concentrationLines(id: string, input: RequirementInput): readonly Line[] {
  const { weight, schedule } = input.rules.addOns.concentration;
  if (weight === 0 || schedule.length === 0) return [];
  const points = schedule.map(({ days, rate }) => ({ days, multiple: rate }));
  const children = sizesOf(input).map((size) => {
    const rate = concentrationMultiple(size.days, points);
    const own = `${id}/${size.underlying}`;
    const alone = leaf(`${own}/margin`, `Margin of ${size.underlying} alone`, size.margin, section.concentration);
    return product(
      own,
      `${size.underlying}: concentration`,
      section.concentration,
      rate,
      "rate by days to liquidate",
      alone,
      {
        inputs: [
          ...sizeInputs(size, input.rules),
          ...schedule.map(({ days, rate: at }, i) => ({
            label: `rate at ${days} days`,
            value: at,
            parameter: `/addOns/concentration/schedule/${i}/rate`,
          })),
        ],
      },
    );
  });
  const whole = sum(`${id}/underlyings`, "Concentration of each underlying", section.concentration, children);
  return [
    product(id, "Concentration", section.concentration, weight, "weight", whole, {
      inputs: [{ label: "weight", value: weight, parameter: "/addOns/concentration/weight" }],
    }),
  ];
}
