import { sum as compensatedSum } from "../../base/index.ts";
import type { Component } from "../../portfolio/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import { componentLabels } from "../parts/account-lines.ts";
import { type Holding, holderOf, holdingsOf } from "../parts/holding.ts";
import { deltasOf } from "../parts/spot-hedge.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { contingencyColumns } from "./contingency-columns.ts";
import { amountsByTime, amountTimesTime, type HedgedPair, hedgedPairs } from "./hedged-pairs.ts";
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
  readonly amountsOnly?: boolean | undefined;
}

/** A line whose amount is known, to stand under one parent or several. */
type LineUnder = (parent: string) => Line;

/**
 * Contingencies of a risk unit. An amount the venue or the user states replaces what is computed.
 *
 *     future    Σ |size| × rate × index
 *     option    Σ net short size of a strike and type × rate × index
 *     vega      Σ paired option size × days between expiries × rate × index
 *     delta     Σ paired delta × years between expiries × rate × index
 *     between quote currencies   stated amounts only
 *
 * @returns their line by its id; USD, ≥ 0
 * @source resources/docs/methodology/bybit-portfolio.md, section 4
 */
export function contingencies(unit: UnitContingency): (id: string) => Line {
  const { coin, book, rules, derivatives, amountsOnly } = unit;
  const index = derivatives[0]?.terms.index ?? book.indices.get(coin) ?? 0;
  const { netShort, optionQuantities, futures, expiries } = contingencyColumns(derivatives);
  const years = expiries.first.map((at) => derivatives[at]?.terms.years ?? 0);
  const pairs = (rate: number, amounts: () => Float64Array) => {
    // Without a rate pairs cost nothing: only the statement shows what is paired.
    if (rate === 0 && amountsOnly === true) return [];
    return hedgedPairs(amountsByTime(expiries.of, years, amounts()));
  };
  const vegaPairs = () => pairs(rules.vegaContingency, () => optionQuantities);
  const deltaPairs = () => pairs(rules.deltaContingency, () => deltasOf(derivatives));
  const children = [
    futureLine(unit, holdingsOf(futures.flatMap((at) => derivatives[at] ?? [])), index),
    stated(unit, "option-contingency", "4.2") ?? optionLine(unit, netShort, index),
    stated(unit, "vega-contingency", "4.3") ?? pairLine(unit, vegaPairs(), "vega", index),
    stated(unit, "delta-contingency", "4.4") ?? pairLine(unit, deltaPairs(), "delta", index),
    stated(unit, "stablecoin-contingency", "4.5"),
  ].filter((line) => line !== undefined);
  return (id) => {
    const under = children.map((child) => child(id));
    return sum(id, "Contingencies", "4", under, { component: "contingency" });
  };
}

function futureLine({ rules, key, detail }: UnitContingency, held: readonly Holding[], index: number): LineUnder {
  const rate = rules.futureContingency;
  const amounts = held.map(({ coins }) => Math.abs(coins) * rate * index);
  const all = compensatedSum(amounts);
  const inputs = held.length > 0 ? rateInputs("share of value", rate, `/units/${key}/futureContingency`, index) : [];
  return (parent) => {
    const id = `${parent}/future`;
    const children = detail
      ? held.map((holding, at) =>
          leaf(`${id}/${holding.instrument.symbol}`, holding.instrument.symbol, amounts[at] ?? 0, "4.1", {
            component: "contingency",
            inputs: [{ label: "size", value: holding.coins, unit: holding.instrument.underlying }],
            ...holderOf(holding),
          }),
        )
      : [leaf(`${id}/all`, "All futures", all, "4.1")];
    return sum(id, "Futures and perpetuals", "4.1", children, { component: "contingency", inputs });
  };
}

function optionLine({ rules, coin, key }: UnitContingency, short: number, index: number): LineUnder {
  const rate = rules.optionContingency;
  const inputs = [
    { label: "net short size", value: short, unit: coin },
    ...(short > 0 ? rateInputs("share of value", rate, `/units/${key}/optionContingency`, index) : []),
  ];
  return (parent) =>
    leaf(`${parent}/option-contingency`, componentLabels["option-contingency"], short * rate * index, "4.2", {
      component: "contingency",
      inputs,
    });
}

function pairLine(
  { rules, coin, key }: UnitContingency,
  pairs: readonly HedgedPair[],
  what: "vega" | "delta",
  index: number,
): LineUnder {
  const [rule, daysOrYears, perYear] = what === "vega" ? ["4.3", "day", 365] : ["4.4", "year", 1];
  const name = `${what}Contingency` as const;
  const rate = rules[name];
  const sizeTimesTime = amountTimesTime(pairs, perYear);
  const inputs = [
    { label: `paired ${what === "vega" ? "size" : "delta"} × ${daysOrYears}s`, value: sizeTimesTime, unit: coin },
    ...(sizeTimesTime > 0 ? rateInputs(`share of value per ${daysOrYears}`, rate, `/units/${key}/${name}`, index) : []),
  ];
  const kind = `${what}-contingency` as const;
  return (parent) =>
    leaf(`${parent}/${kind}`, componentLabels[kind], sizeTimesTime * rate * index, rule, {
      component: "contingency",
      inputs,
    });
}

/** A component of this risk unit, in USD; `undefined` when nobody states it. */
function stated({ book, coin }: UnitContingency, kind: Component["id"], rule: string): LineUnder | undefined {
  const found = book.components.filter(({ id, underlying }) => id === kind && underlying === coin);
  const [first] = found;
  if (first === undefined) return undefined;
  const amount = compensatedSum(found.map((entry) => entry.amount * usdPerUnit(book.indices, entry.currency)));
  const extra = { component: "contingency", basis: first.basis } as const;
  return (parent) => leaf(`${parent}/${kind}`, componentLabels[kind], amount, rule, extra);
}

function rateInputs(label: string, value: number, parameter: string, index: number): LineInput[] {
  return [
    { label, value, parameter },
    { label: "index", value: index, unit: "USD" },
  ];
}
