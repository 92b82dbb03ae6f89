import { describe, expect, it } from "vitest";
import { tailOf } from "../../../core/measure/index.ts";
import { blackValue } from "../../../core/pricing/index.ts";
import { unwrapped } from "../result-value.ts";
import { btc, changes, crypto, lastOf } from "./crypto-history.ts";
import { caseById, relativeError } from "./golden-case.ts";

/** measures-crypto-historical.json, conventions.options: -10 calls, -10 puts, +1 BTC, revalued in full by Black-76. */
const spot = lastOf(crypto.series.btc_close);
const volatility = lastOf(crypto.series.btc_dvol_close) / 100;
const years = 30 / 365;
const dvol = crypto.series.btc_dvol_close;
const relativeVol = changes(dvol);
const absoluteVol = Float64Array.from(dvol.slice(1), (close, i) => (close - (dvol[i] ?? 0)) / 100);

function bookValue(price: number, sigma: number, tau: number): number {
  return price - 10 * blackValue(price, 64000, tau, sigma, true) - 10 * blackValue(price, 52000, tau, sigma, false);
}

const today = bookValue(spot, volatility, years);
const losses = (sigmaOf: (day: number) => number, tau = years): Float64Array =>
  btc.map((change, day) => today - bookValue(spot * (1 + change), sigmaOf(day), tau));

const joint = (day: number): number => volatility * (1 + (relativeVol[day] ?? 0));
const variants: Readonly<Record<string, Float64Array>> = {
  joint_no_decay: losses(joint),
  spot_only_no_decay: losses(() => volatility),
  joint_1d_decay: losses(joint, 29 / 365),
  joint_abs_vol_no_decay: losses((day) => Math.max(volatility + (absoluteVol[day] ?? 0), 0.01)),
};

describe("historical simulation of options, spot and volatility of the same day together", () => {
  it.each(
    Object.keys(variants).flatMap((variant) => [0.975, 0.99].map((confidence) => [variant, confidence] as const)),
  )("%s at %d matches the reference", (variant, confidence) => {
    const { expected, tolerance } = caseById(crypto.cases, `crypto-options_${variant}_${confidence}`);
    const tail = unwrapped(tailOf(variants[variant] ?? new Float64Array(0), { confidence }));
    expect(relativeError(tail.valueAtRisk, expected.var ?? 0)).toBeLessThanOrEqual(tolerance.rel);
    expect(relativeError(tail.expectedShortfall, expected.es ?? 0)).toBeLessThanOrEqual(tolerance.rel);
    expect(tail.rank).toBe(expected.rank);
  });
});
