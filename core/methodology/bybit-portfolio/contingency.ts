import { sum as compensatedSum } from "../../base/index.ts";
import type { Component } from "../../portfolio/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import { componentLabels } from "../parts/account-lines.ts";
import { type Holding, holderOf, holdingsOf } from "../parts/holding.ts";
import { deltaOf } from "../parts/unit-grid.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { type HedgedPair, hedgedPairs } from "./hedged-pairs.ts";
import type { UnitRules } from "./rules.ts";

const { leaf, sum } = lines("USD");

const unitKinds: ReadonlySet<string> = new Set([
  ...["option-contingency", "vega-contingency", "delta-contingency", "stablecoin-contingency"],
]);

/** Whether a component is a contingency of one risk unit. */
export function isUnitContingency({ id, underlying }: Component): boolean {
  return underlying !== undefined && unitKinds.has(id);
}

/** Where the contingencies of one risk unit come from. */
export interface UnitContingency {
  readonly coin: string;
  readonly derivatives: readonly BookPosition[];
  readonly book: Book;
  readonly rules: UnitRules;
  /** Key of the parameters, for the pointers of inputs. */
  readonly key: string;
  readonly detail: boolean;
}

/**
 * Contingencies of a risk unit. An amount the venue or the user states replaces what is computed.
 *
 *     future    Σ |size| × rate × index
 *     option    Σ net short size of a strike and type × rate × index
 *     vega      Σ paired option size × days between expiries × rate × index
 *     delta     Σ paired delta × years between expiries × rate × index
 *     between quote currencies   stated amounts only
 *
 * @returns USD; ≥ 0
 * @source resources/docs/methodology/bybit-portfolio.md, section 4
 */
export function contingencyLine(unit: UnitContingency, id: string): Line {
  const { coin, book } = unit;
  const index = unit.derivatives[0]?.terms.index ?? book.indices.get(coin) ?? 0;
  const options = unit.derivatives.filter(({ position }) => position.instrument.kind === "option");
  const children = [
    futureLine(unit, index, `${id}/future`),
    stated(unit, "option-contingency", id, "4.2") ?? optionLine(unit, options, index, `${id}/option-contingency`),
    stated(unit, "vega-contingency", id, "4.3") ?? pairLine(unit, vegaPairs(options), "vega", index, id),
    stated(unit, "delta-contingency", id, "4.4") ?? pairLine(unit, deltaPairs(unit.derivatives), "delta", index, id),
    stated(unit, "stablecoin-contingency", id, "4.5"),
  ].filter((line) => line !== undefined);
  return sum(id, "Contingencies", "4", children, { component: "contingency" });
}

function futureLine({ derivatives, rules, key, detail }: UnitContingency, index: number, id: string): Line {
  const held = holdingsOf(derivatives.filter(({ position }) => position.instrument.kind !== "option"));
  const rate = rules.futureContingency;
  const amount = ({ coins }: Holding) => Math.abs(coins) * rate * index;
  const inputs = held.length > 0 ? rateInputs("share of value", rate, `/units/${key}/futureContingency`, index) : [];
  const children = detail
    ? held.map((holding) =>
        leaf(`${id}/${holding.instrument.symbol}`, holding.instrument.symbol, amount(holding), "4.1", {
          component: "contingency",
          inputs: [{ label: "size", value: holding.coins, unit: holding.instrument.underlying }],
          ...holderOf(holding),
        }),
      )
    : [leaf(`${id}/all`, "All futures", compensatedSum(held.map(amount)), "4.1")];
  return sum(id, "Futures and perpetuals", "4.1", children, { component: "contingency", inputs });
}

function optionLine(unit: UnitContingency, options: readonly BookPosition[], index: number, id: string): Line {
  const sizes = new Map<string, number[]>();
  for (const { position } of options) {
    const { instrument, quantity } = position;
    if (instrument.kind !== "option") continue;
    const series = `${instrument.strike} ${instrument.optionType}`;
    const held = sizes.get(series);
    if (held === undefined) sizes.set(series, [quantity]);
    else held.push(quantity);
  }
  const short = compensatedSum([...sizes.values()].map((held) => Math.max(0, -compensatedSum(held))));
  const rate = unit.rules.optionContingency;
  return leaf(id, componentLabels["option-contingency"], short * rate * index, "4.2", {
    component: "contingency",
    inputs: [
      { label: "net short size", value: short, unit: unit.coin },
      ...(short > 0 ? rateInputs("share of value", rate, `/units/${unit.key}/optionContingency`, index) : []),
    ],
  });
}

function pairLine(
  unit: UnitContingency,
  pairs: readonly HedgedPair[],
  what: "vega" | "delta",
  index: number,
  parent: string,
): Line {
  const [rule, daysOrYears, perYear] = what === "vega" ? ["4.3", "day", 365] : ["4.4", "year", 1];
  const name = `${what}Contingency` as const;
  const rate = unit.rules[name];
  const sizeTimesTime = compensatedSum(
    pairs.map(({ fromYears, toYears, amount }) => amount * (toYears - fromYears) * perYear),
  );
  return leaf(
    `${parent}/${what}-contingency`,
    componentLabels[`${what}-contingency`],
    sizeTimesTime * rate * index,
    rule,
    {
      component: "contingency",
      inputs: [
        {
          label: `paired ${what === "vega" ? "size" : "delta"} × ${daysOrYears}s`,
          value: sizeTimesTime,
          unit: unit.coin,
        },
        ...(sizeTimesTime > 0
          ? rateInputs(`share of value per ${daysOrYears}`, rate, `/units/${unit.key}/${name}`, index)
          : []),
      ],
    },
  );
}

function vegaPairs(options: readonly BookPosition[]): readonly HedgedPair[] {
  return hedgedPairs(options.map(({ position, terms }) => ({ years: terms.years, amount: position.quantity })));
}

function deltaPairs(derivatives: readonly BookPosition[]): readonly HedgedPair[] {
  return hedgedPairs(derivatives.map((entry) => ({ years: entry.terms.years, amount: deltaOf(entry) })));
}

/** A component of this risk unit, in USD; `undefined` when nobody states it. */
function stated(
  { book, coin }: UnitContingency,
  kind: Component["id"],
  parent: string,
  rule: string,
): Line | undefined {
  const found = book.components.filter(({ id, underlying }) => id === kind && underlying === coin);
  const [first] = found;
  if (first === undefined) return undefined;
  const amount = compensatedSum(found.map((entry) => entry.amount * usdPerUnit(book.indices, entry.currency)));
  return leaf(`${parent}/${kind}`, componentLabels[kind], amount, rule, {
    component: "contingency",
    basis: first.basis,
  });
}

function rateInputs(label: string, value: number, parameter: string, index: number): LineInput[] {
  return [
    { label, value, parameter },
    { label: "index", value: index, unit: "USD" },
  ];
}
