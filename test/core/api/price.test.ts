import { describe, expect, it } from "vitest";
import { goldenCases, relativeError } from "../pricing/golden.ts";
import { memoryCore } from "./memory-core.ts";

interface Case {
  readonly id: string;
  readonly tag?: "bachelier" | "perpetual-fair-price";
  readonly input: Readonly<Record<string, number>> & {
    readonly type: "call" | "put";
    readonly kind: "linear" | "inverse";
    readonly funding_on: "previous" | "current" | "continuous";
  };
  readonly expected: Readonly<Record<string, number | string>>;
  readonly tolerance: { readonly rel: number };
}

const { call: answer, dispatch } = memoryCore();

/** Every member of `expected` is computed, and to the tolerance of its case. */
function expectAll(actual: Readonly<Record<string, number>>, { expected, tolerance }: Case): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(actual)) {
    expect(relativeError(value, Number(expected[name])), name).toBeLessThanOrEqual(tolerance.rel);
  }
}

const inverse = goldenCases<Case>("pricing-inverse-options.json");
const normalAndPerpetual = goldenCases<Case>("pricing-normal-and-perpetual.json");
const normal = normalAndPerpetual.filter(({ tag }) => tag === "bachelier");
const perpetual = normalAndPerpetual.filter(({ tag }) => tag === "perpetual-fair-price");

describe("price.option of an inverse option", () => {
  it.each(inverse)("gives every figure of $id", async (c) => {
    const { F, K, T, sigma, type } = c.input as Case["input"] & Record<"F" | "K" | "T" | "sigma", number>;
    const terms = { forward: F, strike: K, years: T, volatility: sigma, optionType: type, payoff: "inverse" } as const;
    const { coin, ...option } = await answer("price.option", terms);
    expectAll(
      {
        price_usd: option.value * F,
        price_coin: option.value,
        delta_black76: option.delta,
        delta_net: option.netDelta,
        d_coin_d_F: coin?.delta ?? Number.NaN,
        d2_coin_d_F2: coin?.gamma ?? Number.NaN,
        vega_coin: option.vega,
        vega_coin_per_vol_point: option.vega / 100,
        theta_coin_per_day: option.theta / 365,
        hedge_inverse_perp_usd_notional: -F * option.netDelta,
      },
      c,
    );
  });

  const terms = { forward: 100, strike: 120, years: 0.5, optionType: "put", payoff: "inverse", rate: 0.04 } as const;
  it("has coin derivatives that differences of its values confirm, discounted too", async () => {
    const at = (forward: number, volatility: number) => answer("price.option", { ...terms, forward, volatility });
    const [down, here, up, vegaDown, vegaUp] = await Promise.all([
      at(99.99, 0.6),
      at(100, 0.6),
      at(100.01, 0.6),
      at(99.99, 0.6).then(({ vega }) => vega),
      at(100.01, 0.6).then(({ vega }) => vega),
    ]);
    expect(relativeError((up.value - down.value) / 0.02, here.coin?.delta ?? 0)).toBeLessThan(1e-7);
    const slopes = ((up.coin?.delta ?? 0) - (down.coin?.delta ?? 0)) / 0.02;
    expect(relativeError(slopes, here.coin?.gamma ?? 0)).toBeLessThan(1e-7);
    expect(relativeError((vegaUp - vegaDown) / 0.02, here.coin?.vanna ?? 0)).toBeLessThan(1e-6);
  });
  it("is without coin derivatives when linear", async () =>
    expect(await answer("price.option", { ...terms, payoff: "linear", volatility: 0.6 })).not.toHaveProperty("coin"));
});

describe("price.bachelier", () => {
  it.each(normal)("gives every figure of $id", async (c) => {
    const { F, K, T, sigma_normal, r } = c.input as Case["input"] &
      Record<"F" | "K" | "T" | "sigma_normal" | "r", number>;
    const terms = { forward: F, strike: K, years: T, volatility: sigma_normal, rate: r };
    const call = await answer("price.bachelier", { ...terms, optionType: "call" });
    const put = await answer("price.bachelier", { ...terms, optionType: "put" });
    const { gamma, vega } = call;
    expectAll({ call: call.value, put: put.value, delta_call: call.delta, gamma, vega }, c);
  });
});

describe("price.perpetual", () => {
  it.each(perpetual)("gives the price of $id", async (c) => {
    const { dt, S, r, q, kappa, iota } = c.input as Case["input"] &
      Record<"dt" | "S" | "r" | "q" | "kappa" | "iota", number>;
    const { kind: payoff, funding_on: fundingOn } = c.input;
    const rates = { rate: r, yieldRate: q, strength: kappa, interest: iota };
    expectAll(await answer("price.perpetual", { payoff, fundingOn, periodYears: dt, spot: S, ...rates }), c);
  });

  it.each(["previous", "current", "continuous"] as const)("knows inverse as linear seen in coin, %s", async (on) => {
    const terms = { fundingOn: on, periodYears: on === "continuous" ? 0 : 0.25, strength: 0.1, interest: 0.005 };
    const linear = await answer("price.perpetual", { ...terms, spot: 0.01, rate: 0.02, yieldRate: 0.04 });
    const mirrored = { ...terms, payoff: "inverse", spot: 100, rate: 0.04, yieldRate: 0.02 } as const;
    expect((await answer("price.perpetual", mirrored)).price).toBeCloseTo(1 / linear.price, 9);
  });

  const terms = { fundingOn: "previous", periodYears: 0.25, spot: 100, strength: 0.01 } as const;
  it.each([
    ["interest not below strength", { ...terms, interest: 0.01 }, "below strength"],
    ["no period", { ...terms, periodYears: 0 }, "above 0"],
    ["rates that funding cannot hold", { ...terms, rate: 0.3 }, "no fair price"],
  ])("refuses %s", async (_, input, message) =>
    expect(await dispatch({ operation: "price.perpetual", input })).toMatchObject({
      ok: false,
      failure: { reason: "invalid-input", message: expect.stringContaining(message) },
    }),
  );
});
