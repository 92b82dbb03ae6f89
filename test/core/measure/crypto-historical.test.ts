import { describe, expect, it } from "vitest";
import {
  ageWeights,
  bookLosses,
  componentExpectedShortfall,
  componentValueAtRisk,
  ewmaVariance,
  horizonChanges,
  scaledToCurrent,
  squareRootOfTime,
  type TailRequest,
  tailOf,
  valueAtRiskInterval,
} from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { bookLossesOf, btc, crypto, eth, lastOf, lossesByAsset } from "./crypto-history.ts";
import { caseById, relativeError } from "./golden-case.ts";

/** measures-crypto-historical.json: BTC and ETH daily closes, 500 scenarios, two independent evaluations. */
const { series, cases } = crypto;

function matches(id: string, actual: Record<string, number | undefined>): void {
  const { expected, tolerance } = caseById(cases, id);
  for (const [name, value] of Object.entries(expected)) {
    expect(relativeError(actual[name] ?? Number.NaN, value), `${id} ${name}`).toBeLessThanOrEqual(tolerance.rel);
  }
}

function measured(losses: Float64Array, confidence: number, more: Partial<TailRequest> = {}) {
  const tail = unwrapped(tailOf(losses, { confidence, ...more }));
  return { var: tail.valueAtRisk, es: tail.expectedShortfall, rank: tail.rank };
}

const plain = bookLossesOf(btc, eth);
const negative = (values: Float64Array): Float64Array => values.map((value) => -value);

function scaled(values: Float64Array) {
  const variances = unwrapped(ewmaVariance(values, { lambda: 0.94 }));
  return unwrapped(scaledToCurrent(values, variances));
}

describe("historical simulation on BTC and ETH", () => {
  it.each([0.95, 0.975, 0.99])("plain, at %d", (confidence) => {
    matches(`crypto-hs_${confidence}`, measured(plain, confidence));
  });
  it.each([
    [0.995, 0.975],
    [0.995, 0.99],
    [0.98, 0.975],
    [0.98, 0.99],
  ])("age-weighted by %d, at %d", (lambda, confidence) => {
    matches(`crypto-brw_${lambda}_${confidence}`, measured(plain, confidence, { weights: ageWeights(500, lambda) }));
  });
  it("scaled to the current volatility of each factor", () => {
    const [b, e] = [scaled(btc), scaled(eth)];
    matches("crypto-hw_vol", { sigma_next_btc: b.currentVolatility, sigma_next_eth: e.currentVolatility });
    const losses = bookLossesOf(b.values, e.values);
    for (const confidence of [0.975, 0.99]) matches(`crypto-hw_${confidence}`, measured(losses, confidence));
  });
  it("filtered P&L of the fixed book", () => {
    const losses = negative(scaled(negative(plain)).values);
    for (const confidence of [0.975, 0.99]) matches(`crypto-fhs_portfolio_${confidence}`, measured(losses, confidence));
  });
  it("overlapping five-day windows, and one day scaled by the root of five", () => {
    const five = (closes: readonly number[]) => unwrapped(horizonChanges(closes, 5, "relative", "overlap"));
    const [b, e] = [five(series.btc_close), five(series.eth_close)];
    matches("crypto-overlap5_0.99", {
      ...measured(bookLossesOf(b.changes, e.changes), 0.99),
      windows: b.changes.length,
    });
    expect(b.effectiveObservations).toBe(100);
    const day = measured(plain, 0.99);
    matches("crypto-sqrt5_0.99", {
      var: squareRootOfTime(day.var, 5, false).value,
      es: squareRootOfTime(day.es, 5, false).value,
    });
  });
  it("interval of the VaR by order statistics", () => {
    const interval = unwrapped(valueAtRiskInterval(plain, 0.01, 0.1));
    matches("crypto-var99_ci90_order_stat", {
      upper_rank: interval.upperRank,
      lower_rank: interval.lowerRank,
      upper: interval.upper,
      lower: interval.lower,
      coverage: interval.coverage,
    });
  });
  it("components by asset", () => {
    const losses = { parts: ["btc", "eth"], values: lossesByAsset(btc, eth), width: 500 };
    const book = bookLosses(losses);
    const es = componentExpectedShortfall(losses, unwrapped(tailOf(book, { confidence: 0.975 })));
    matches("crypto-euler_hs_es_0.975", { total: es.measure, btc: es.components[0], eth: es.components[1] });
    const single = componentValueAtRisk(losses, unwrapped(tailOf(book, { confidence: 0.99 })));
    matches("crypto-euler_hs_var_0.99", {
      total: single.measure,
      btc: single.components[0],
      eth: single.components[1],
    });
    for (const { difference, measure } of [es, single]) expect(Math.abs(difference)).toBeLessThan(1e-12 * measure);
  });
  it("GARCH-filtered log returns of one BTC", () => {
    const returns = Float64Array.from(series.btc_close.slice(1), (close, i) =>
      Math.log(close / (series.btc_close[i] ?? 0)),
    );
    const [omega, alpha, beta] = [2e-5, 0.08, 0.89];
    const variances = new Float64Array(returns.length + 1).fill(omega / (1 - alpha - beta));
    returns.forEach((r, i) => {
      variances[i + 1] = omega + alpha * r * r + beta * (variances[i] ?? 0);
    });
    const { values, currentVolatility } = unwrapped(scaledToCurrent(returns, variances));
    const losses = values.map((r) => -lastOf(series.btc_close) * Math.expm1(r));
    for (const confidence of [0.975, 0.99]) {
      const id = `crypto-fhs_garch_btc1_${confidence}`;
      matches(id, { ...measured(losses, confidence), sigma_next: currentVolatility });
    }
  });
});
