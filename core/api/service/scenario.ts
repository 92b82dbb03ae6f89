import { success } from "../../base/index.ts";
import { instrumentId, type Option } from "../../instrument/index.ts";
import { bestKernel, buildCube, type PricedInstrument } from "../../revaluation/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { ServicePart } from "./part.ts";

/** One scenario cube of options given by their numbers, so that anyone can check the kernel from outside. */
export function scenario(): ServicePart<"scenario"> {
  return {
    "scenario.cube": ({ options, scenarios }) => {
      const set = { id: "cube", repricer: "model" as const, scenarios: scenarios as readonly Scenario[] };
      const cube = buildCube(set, options.map(pricedOption), bestKernel());
      return success({
        instruments: cube.instrumentIds,
        scenarios: scenarios.map(({ id }) => id),
        values: cube.values,
        kernel: bestKernel().name,
      });
    },
  };
}

type OptionInput = ParsedInput<"scenario.cube">["options"][number];

/** Options of a request are numbered, so that two with equal terms keep a row each. */
function pricedOption(option: OptionInput, index: number): PricedInstrument {
  const { forward, strike, years, volatility, optionType, payoff } = option;
  const symbol = `option-${index + 1}`;
  const settlement = payoff === "inverse" ? "underlying" : "quote";
  const contract = { venue: "request", symbol, underlying: "underlying", quote: "quote", payoff, settlement } as const;
  const instrument: Option = {
    id: instrumentId("request", symbol),
    ...contract,
    kind: "option",
    expiryMs: 0,
    strike,
    optionType,
  };
  const sources = { forward: "set", volatility: "mark", mark: "model" } as const;
  return { instrument, terms: { index: forward, forward, years, volatility, mark: 0, sources } };
}
