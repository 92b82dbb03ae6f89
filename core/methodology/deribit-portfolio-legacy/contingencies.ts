import { sum } from "../../base/index.ts";
import { expiryOf } from "../../instrument/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { BookPosition } from "../contract.ts";
import { columnSums } from "../parts/column-sums.ts";
import { cubeRows } from "../parts/cube-rows.ts";
import { groupsBy, noGroup } from "../parts/groups.ts";
import { holdingsOf } from "../parts/holding.ts";
import { nothingElse, oncePerContracts } from "../parts/once-per-contracts.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { Held } from "./held.ts";
import { type Strike, seriesSizes, strikesOf } from "./option-columns.ts";
import type { LegacyRules } from "./rules.ts";

/**
 * The contingencies of one underlying and settlement currency, measured once.
 *
 * @param vega profit of one unit with volatility up and the price unmoved
 * @returns builds the lines of options, futures and vega below a parent
 */
export function contingenciesOf(
  held: Held,
  rules: LegacyRules,
  vega: PnlCube,
  unit: string,
): (parent: string) => readonly Line[] {
  const [first] = held.positions;
  if (first === undefined) return () => [];
  // Rates are coin per option or future; linear products are charged the same in money, at the index.
  const { index } = first.terms;
  const perCoin = first.position.instrument.payoff === "inverse" ? 1 : index;
  const measured = [
    optionLine(held, rules.options, index, perCoin, unit, "option-contingency"),
    futuresLine(held, rules.futures, perCoin, unit, "futures-contingency"),
    vegaLine(held, rules.offsetVegaShare, vega, unit, "vega-contingency"),
  ];
  return (parent) => measured.map((line) => ({ ...line, id: `${parent}/${line.id}` }));
}

function optionLine(
  { positions, contracts }: Held,
  rule: LegacyRules["options"],
  index: number,
  perCoin: number,
  unit: string,
  id: string,
): Line {
  const sizes = seriesSizes(positions, nothingElse);
  const count =
    rule.formula === "all-options"
      ? sum(sizes.map(Math.abs))
      : netShort(strikesOf(sizes, contracts, rule), rule, index);
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
  { positions, contracts }: Held,
  rule: LegacyRules["futures"],
  perCoin: number,
  unit: string,
  id: string,
): Line {
  const futures = futurePlaces(contracts, nothingElse).map((place) => positions[place] as BookPosition);
  const sizes = holdingsOf(futures).map(({ coins }) => coins);
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

const futurePlaces = oncePerContracts((list) =>
  list.flatMap(({ instrument: { kind } }, place) => (kind === "future" || kind === "perpetual" ? [place] : [])),
);

function vegaLine({ positions, contracts }: Held, share: number, vega: PnlCube, unit: string, id: string): Line {
  const expiries = optionExpiries(contracts, nothingElse);
  const rows = cubeRows(vega, contracts);
  const sums = columnSums(expiries.first.length);
  for (let at = 0; at < positions.length; at++) {
    const expiry = expiries.of[at] as number;
    const profit = vega.values[rows[at] as number];
    if (expiry === noGroup || profit === undefined) continue;
    sums.add(expiry, (positions[at] as BookPosition).position.quantity * profit);
  }
  const profits = expiries.first.map((_, expiry) => sums.total(expiry));
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

const optionExpiries = oncePerContracts((list) =>
  groupsBy(list, ({ instrument }) => (instrument.kind === "option" ? expiryOf(instrument) : undefined)),
);
