import { describe, expect, it } from "vitest";
import {
  collar,
  comparedRules,
  type InsuranceTerms,
  optionBasedInsurance,
  proportionPath,
  worthAtExpiry,
} from "../../../core/analysis/index.ts";
import { finish } from "../../../core/base/index.ts";
import { lightInk } from "../../../renderer/figures/figure.ts";
import {
  floorFigure,
  floorTable,
  frontierFigure,
  frontierTable,
  proportionFigure,
  proportionTable,
} from "../../../renderer/figures/insurance-figure.ts";
import { heldWords } from "../../../renderer/screens/insurance/insurance-words.ts";

const terms: InsuranceTerms = {
  ...{ spot: 100, forward: 100, years: 0.5, rate: 0 },
  smile: [{ strike: 100, volatility: 0.5 }],
};
const found = collar(terms, 2, 90);
if (!found.ok) throw new Error(found.failure.message);
const insurance = found.value;
const prices = [50, 100, 200];
const chart = {
  prices,
  unprotected: prices.map((price) => 2 * price),
  protected: prices.map((price) => worthAtExpiry(insurance.legs, price)),
};

describe("figures of insurance", () => {
  it("draw the holding, its protection and the floor, told apart by their dashes", () => {
    const { data } = floorFigure({ chart, insurance }, lightInk);
    expect(data.map(({ name }) => name)).toEqual(["unprotected", "protected", "floor"]);
    const dashes = data.map((trace) => (trace as { readonly line?: { readonly dash?: string } }).line?.dash);
    expect(new Set(dashes).size).toBe(3);
    expect(data[1]).toMatchObject({ x: prices, y: chart.protected });
    expect(floorTable({ chart }).rows[0]).toEqual([50, 100, chart.protected[0]]);
  });

  it("draw a path with its floor and exposure", () => {
    const rules = {
      kind: "cppi",
      wealth: 1000,
      floor: 900,
      multiple: 3,
      cap: 1,
      rate: 0,
      ratchet: 0.9,
      drift: 0,
    } as const;
    const path = proportionPath(rules, [100, 90, 95], 0.25);
    const answer = { path, terms: { ...terms, volatilityAtSpot: 0.5 } };
    expect(proportionFigure(answer, lightInk).data[0]).toMatchObject({ y: [1000, 970] });
    expect(proportionTable(answer).rows).toHaveLength(2);
  });

  it("join the rules that no other beats, and name each", () => {
    const band = { ...terms, strike: 100, rate: 0, volatility: 0.5, isCall: true, proportionalCost: 0.002 };
    const rules = [
      { kind: "time", steps: 1 },
      { kind: "band", width: 0.1 },
    ] as const;
    const realised = { volatility: 0.5, growth: 0 };
    const outcomes = finish(
      comparedRules({ terms: band, long: false, realised, steps: 20, paths: 50, seed: 1, rules }),
    );
    const { data } = frontierFigure({ outcomes }, lightInk);
    const points = data.flatMap((trace) => ("text" in trace ? (trace.text as string[]) : []));
    expect(points.sort()).toEqual(outcomes.map(({ label }) => label).sort());
    expect(frontierTable({ outcomes }).rows.map(([label]) => label)).toEqual(outcomes.map(({ label }) => label));
  });
});

describe("words of insurance", () => {
  it("say what to buy, what it costs and what it keeps", () => {
    expect(heldWords({ kind: "collar", insurance })).toMatch(
      /^Held: buy 2 puts at 90\.00, sell 2 calls at [\d.]+ at no cost\. Worth at least 180\.00 and at most [\d.]+ at expiry\.$/,
    );
    const all = optionBasedInsurance(terms, 1000, 900);
    if (!all.ok) throw new Error(all.failure.message);
    expect(heldWords({ kind: "option-based", insurance: all.value })).toContain("Worth at least 900.00");
  });
});
