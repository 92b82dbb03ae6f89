import { formatNumber, formatPercent } from "../../../core/base/format.ts";
import type { HedgingBands, HeldInsurance, ProportionInsurance } from "../../client/insurance.ts";

const money = (value: number): string => formatNumber(value, { decimals: 2 });

function countOf(quantity: number, name: string): string {
  const rounded = Number(quantity.toFixed(4));
  const decimals = rounded.toString().split(".")[1]?.length ?? 0;
  return `${formatNumber(rounded, { decimals })} ${rounded === 1 ? name : `${name}s`}`;
}

/** What a protection held to expiry does, in a sentence. */
export function heldWords({ kind, insurance }: Pick<HeldInsurance, "kind" | "insurance">): string {
  const { legs, cost, floor, cap } = insurance;
  const options = legs.flatMap(({ kind: leg, quantity, strike }) =>
    strike === undefined
      ? []
      : [`${quantity > 0 ? "buy" : "sell"} ${countOf(Math.abs(quantity), leg)} at ${money(strike)}`],
  );
  const paid = Math.abs(cost) < 0.005 ? "at no cost" : `for ${money(cost)}`;
  const above = cap === undefined ? "" : ` and at most ${money(cap)}`;
  const name = kind === "option-based" ? "All wealth with puts" : "Held";
  return `${name}: ${options.join(", ")} ${paid}. Worth at least ${money(floor)}${above} at expiry.`;
}

/** What a rule of constant proportion did over its paths. */
export function proportionWords({ rules, insured, unprotected }: ProportionInsurance): string {
  const at = (ends: typeof insured, probability: number): string =>
    money(ends.quantiles.find((one) => one.probability === probability)?.wealth ?? Number.NaN);
  return (
    `${rules.kind.toUpperCase()}, multiple ${rules.multiple}: of ${insured.paths} drawn paths ${formatPercent(insured.breached)} ` +
    `fell below the floor; wealth at 5 %, 50 %, 95 %: ${at(insured, 0.05)}, ${at(insured, 0.5)}, ${at(insured, 0.95)} ` +
    `(unprotected ${at(unprotected, 0.05)}, ${at(unprotected, 0.5)}, ${at(unprotected, 0.95)}).`
  );
}

/** Rules named in the sentence; the table has all. */
const mostNamed = 4;

/** Bands now, and which rules nobody beats. */
export function bandsWords({ now, outcomes, paths, notes }: HedgingBands): string {
  const best = outcomes.filter(({ efficient }) => efficient).map(({ label }) => label);
  const named =
    best.length > mostNamed
      ? `${best.slice(0, mostNamed).join("; ")} and ${best.length - mostNamed} more`
      : best.join("; ");
  const band = ({ lower, upper }: { readonly lower: number; readonly upper: number }): string =>
    `${formatNumber(lower, { decimals: 3 })} to ${formatNumber(upper, { decimals: 3 })}`;
  return [
    `Short call at the money, delta ${formatNumber(now.delta, { decimals: 3 })}: leave alone from ${band(now.whalleyWilmott)} (Whalley-Wilmott), ${band(now.zakamouline)} (Zakamouline).`,
    `Over ${paths} paths no rule beats ${named}.`,
    ...notes.map((note) => `≈ ${note}.`),
  ].join(" ");
}
