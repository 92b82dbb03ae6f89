import { sum } from "../../base/index.ts";
import { expiryOf } from "../../instrument/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { BookPosition } from "../contract.ts";
import { type Holding, holdingsOf } from "../parts/holding.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { LegacyRules } from "./rules.ts";

/**
 * The contingencies of one underlying and settlement currency, measured once.
 *
 * @param vega profit of one unit with volatility up and the price unmoved
 * @returns builds the lines of options, futures and vega below a parent
 */
export function contingenciesOf(
  positions: readonly BookPosition[],
  rules: LegacyRules,
  vega: PnlCube,
  unit: string,
): (parent: string) => readonly Line[] {
  const holdings = holdingsOf(positions);
  const [first] = holdings;
  if (first === undefined) return () => [];
  // Rates are coin per option or future; linear products are charged the same in money, at the index.
  const perCoin = first.instrument.payoff === "inverse" ? 1 : first.terms.index;
  const measured = [
    optionLine(holdings, rules.options, first.terms.index, perCoin, unit, "option-contingency"),
    futuresLine(holdings, rules.futures, perCoin, unit, "futures-contingency"),
    vegaLine(positions, rules.offsetVegaShare, vega, unit, "vega-contingency"),
  ];
  return (parent) => measured.map((line) => ({ ...line, id: `${parent}/${line.id}` }));
}

function optionLine(
  holdings: readonly Holding[],
  rule: LegacyRules["options"],
  index: number,
  perCoin: number,
  unit: string,
  id: string,
): Line {
  const count =
    rule.formula === "all-options"
      ? sum(optionsOf(holdings).map(({ quantity }) => Math.abs(quantity)))
      : netShort(strikesOf(holdings, rule.netOver), rule, index);
  const section = rule.formula === "net-short-near-the-money" ? "3.2" : "3.1";
  const inputs: LineInput[] = [
    { label: rule.formula === "all-options" ? "options held" : "net short options", value: count },
    { label: "rate", value: rule.rate, parameter: "/options/rate" },
  ];
  if (rule.formula !== "all-options")
    inputs.push({ label: "netted over", value: rule.netOver, parameter: "/options/netOver" });
  if (rule.formula === "net-short-near-the-money")
    inputs.push(
      { label: "range", value: rule.range, parameter: "/options/range" },
      { label: "rolling", value: rule.rolling, parameter: "/options/rolling" },
    );
  const amount = count * rule.rate * perCoin;
  return lines(unit).leaf(id, "Option contingency", amount, section, { component: "contingency", inputs });
}

interface Strike {
  readonly strike: number;
  /** Calls and puts together, long > 0. */
  readonly net: number;
}

function optionsOf(holdings: readonly Holding[]) {
  return holdings.flatMap(({ instrument, quantity }) =>
    instrument.kind === "option" ? [{ instrument, quantity }] : [],
  );
}

/** Net position by strike (or by strike within each expiry), ascending by strike in each group. */
function strikesOf(holdings: readonly Holding[], over: "strike" | "strike-and-expiry"): readonly (readonly Strike[])[] {
  const groups = new Map<number, Map<number, number[]>>();
  for (const { instrument, quantity } of optionsOf(holdings)) {
    const key = over === "strike" ? 0 : instrument.expiryMs;
    const group = groups.get(key) ?? new Map<number, number[]>();
    groups.set(key, group.set(instrument.strike, [...(group.get(instrument.strike) ?? []), quantity]));
  }
  return [...groups.values()].map((group) =>
    [...group].map(([strike, quantities]) => ({ strike, net: sum(quantities) })).sort((a, b) => a.strike - b.strike),
  );
}

function netShort(
  groups: readonly (readonly Strike[])[],
  rule: Exclude<LegacyRules["options"], { formula: "all-options" }>,
  index: number,
): number {
  const shortOf = (strikes: readonly Strike[]) => sum(strikes.map(({ net }) => Math.max(0, -net)));
  if (rule.formula === "net-short-per-strike") return sum(groups.map(shortOf));
  const adjusted = groups.map((strikes) =>
    strikes.map(({ strike, net }) => ({
      strike,
      net: net * Math.min(1, Math.abs(index - strike) / (rule.range * index)),
    })),
  );
  if (rule.rolling === "none") return sum(adjusted.map(shortOf));
  return sum(
    adjusted.flatMap((strikes) => [
      rolledShort(strikes.filter(({ strike }) => strike >= index)),
      rolledShort(strikes.filter(({ strike }) => strike < index).reverse()),
    ]),
  );
}

/** Net short left after walking from the money outward: longs offset shorts nearer to the money, never further out. */
function rolledShort(outward: readonly Strike[]): number {
  return -Math.min(
    0,
    outward.reduce((carried, { net }) => Math.min(0, carried) + net, 0),
  );
}

function futuresLine(
  holdings: readonly Holding[],
  rule: LegacyRules["futures"],
  perCoin: number,
  unit: string,
  id: string,
): Line {
  const sizes = holdings
    .filter(({ instrument }) => instrument.kind === "future" || instrument.kind === "perpetual")
    .map(({ coins }) => coins);
  const longs = sum(sizes.filter((coins) => coins > 0));
  const shorts = -sum(sizes.filter((coins) => coins < 0));
  const base = rule.formula === "offset" ? Math.min(longs, shorts) : longs + shorts;
  return lines(unit).leaf(id, "Futures contingency", base * rule.rate * perCoin, "3.3", {
    component: "contingency",
    inputs: [
      { label: "long futures, coin", value: longs },
      { label: "short futures, coin", value: shorts },
      { label: "rate", value: rule.rate, parameter: "/futures/rate" },
    ],
  });
}

function vegaLine(positions: readonly BookPosition[], share: number, vega: PnlCube, unit: string, id: string): Line {
  const byExpiry = new Map<number, number[]>();
  for (const { position } of positions) {
    const { instrument, quantity } = position;
    const row = vega.rowOf.get(instrument.id);
    const expiryMs = expiryOf(instrument);
    if (row === undefined || expiryMs === undefined || instrument.kind !== "option") continue;
    const profits = byExpiry.get(expiryMs) ?? [];
    profits.push(quantity * (vega.values[row] ?? 0));
    byExpiry.set(expiryMs, profits);
  }
  const profits = [...byExpiry.values()].map((amounts) => sum(amounts));
  const gains = sum(profits.filter((profit) => profit > 0));
  const losses = -sum(profits.filter((profit) => profit < 0));
  return lines(unit).leaf(id, "Vega offset between expiries", share * Math.min(gains, losses), "3.4", {
    component: "contingency",
    inputs: [
      { label: "expiries that gain from volatility up", value: gains, unit },
      { label: "expiries that lose from volatility up", value: losses, unit },
      { label: "share", value: share, parameter: "/offsetVegaShare" },
    ],
  });
}
