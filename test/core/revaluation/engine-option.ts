import { msPerYear } from "../../../core/base/index.ts";
import { instrumentId, type Option } from "../../../core/instrument/index.ts";
import { engineRevaluation, typedArrayKernel, wasmKernel } from "../../../core/revaluation/engine/index.ts";
import type { PricedInstrument } from "../../../core/revaluation/index.ts";

const doubles = 1 << 20;
const wasm = wasmKernel(doubles);
if (!wasm) throw new Error("this machine has no WebAssembly SIMD");

/** Revaluation by the engine on both of its kernels. */
export const revaluations = {
  simd: engineRevaluation(wasm),
  typed: engineRevaluation(typedArrayKernel(doubles)),
} as const;

export interface OptionTerms {
  readonly forward: number;
  readonly strike: number;
  readonly years: number;
  readonly volatility: number;
  readonly isCall: boolean;
  readonly inverse: boolean;
}

/** A European option with its terms at a market. */
export function option(terms: OptionTerms): PricedInstrument {
  const { forward, strike, years, volatility, isCall, inverse } = terms;
  const symbol = `BTC-${strike}-${isCall ? "C" : "P"}`;
  const instrument: Option = {
    kind: "option",
    id: instrumentId("test", symbol),
    venue: "test",
    symbol,
    underlying: "BTC",
    quote: "USD",
    payoff: inverse ? "inverse" : "linear",
    settlement: inverse ? "BTC" : "USD",
    expiryMs: Math.round(years * msPerYear),
    strike,
    optionType: isCall ? "call" : "put",
  };
  return {
    instrument,
    terms: { index: forward, forward, years, volatility, mark: 0, sources: { forward: "set", mark: "model" } },
  };
}
