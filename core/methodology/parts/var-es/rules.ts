import { z } from "zod";
import { isIsoDate } from "../../../base/index.ts";
import { quantileConventions, tailMeans } from "../../../measure/index.ts";
import { addOnRules } from "./add-on-rules.ts";
import { simulationRules } from "./simulation-rules.ts";

const isoDay = z.string().refine(isIsoDate, "expected an ISO day such as 2020-03-12");
const fraction = z.number().min(0).max(1);
const confidence = z.number().gt(0.5).lt(1);

const measure = z.strictObject({
  statistic: z.enum(["VaR", "ES"]).describe("value at risk, or expected shortfall beyond it"),
  confidence: confidence.describe("0.99: the measure looks at the worst 1 %"),
  quantile: z.enum(quantileConventions).describe("rule that turns sorted losses into VaR; document, section 3.1"),
  estimator: z.enum(tailMeans).describe("rule of the tail mean; document, section 3.2"),
});

const horizon = z.strictObject({
  days: z.int().min(1).max(60).describe("margin period of risk, days of the history's calendar"),
  method: z
    .enum(["root", "overlapping", "separate"])
    .describe(
      "root: one-day measure × √days; overlapping and separate: changes over that many days; Monte Carlo draws the horizon itself",
    ),
});

const window = z.strictObject({
  observations: z.int().min(20).max(20_000).describe("daily changes looked back on, newest last"),
});

const tenor = z.string().regex(/^\d+(\.\d+)?d$/, "expected a tenor such as 30d");

const shocks = z
  .strictObject({
    price: z.enum(["relative", "log"]).describe("change of a price that is scaled and compounded"),
    volatility: z
      .enum(["none", "index", "tenors", "buckets"])
      .describe(
        "none; the whole surface by the change of one index; by tenor, linear in √days between, flat outside; by tenor and delta, linear in delta between",
      ),
    deltas: z
      .array(z.string().regex(/^(0\.\d+|atm)$/, "expected a delta such as 0.25, or atm"))
      .default([])
      .describe("call deltas of the surface, as the history names them; atm: at the money"),
    volatilityChange: z.enum(["relative", "absolute"]).describe("proportion of the volatility, or points"),
    index: tenor.default("30d").describe("tenor of the volatility index, as the history names it"),
    tenors: z.array(tenor).default([]).describe("tenors of the surface, as the history names them"),
    sticky: z
      .enum(["strike", "moneyness", "local-volatility", "ratio"])
      .default("strike")
      .describe("how the smile moves with the price before the volatility shock"),
    stickiness: z.number().min(0).max(2).default(1).describe("skew stickiness ratio where `sticky` is ratio"),
    volatilityFloor: z.number().min(0).describe("least volatility after a shock, fraction per √year"),
    decay: z.boolean().describe("whether the days of the horizon pass before revaluation"),
  })
  .refine(
    ({ volatility, tenors }) => (volatility !== "tenors" && volatility !== "buckets") || tenors.length > 0,
    "tenors are needed for shocks by tenor",
  )
  .refine(({ volatility, deltas }) => volatility !== "buckets" || deltas.length > 0, "deltas are needed for buckets");

const weighting = z.strictObject({
  kind: z.enum(["equal", "age"]).describe("age: weight decays with the age of the scenario"),
  decay: z.number().gt(0).max(1).describe("λ of age weights, a step"),
});

const stress = z.strictObject({
  method: z
    .enum(["none", "additive", "additive-not-below", "floor", "weighted-floor", "observations"])
    .describe(
      "none; (1−w)·current + w·stress; the same but not below current; the larger; the larger of current and w·stress; stressed days inside the sample with weight ≥ w",
    ),
  periods: z.array(z.strictObject({ from: isoDay, to: isoDay })).describe("days of stress, both ends included"),
  weight: fraction.describe("w; at least 0.25 under EMIR article 28 (b)"),
  confidence: confidence.default(0.99).describe("confidence of the measure on the days of stress"),
});

const procyclicality = z.strictObject({
  buffer: fraction
    .default(0)
    .describe("share of the model margin added while the buffer is full; 0.25 under EMIR article 28 (a)"),
  bufferUsed: fraction.default(0).describe("part of the buffer that has been released: 0 full, 1 used up"),
  longRunYears: z
    .number()
    .min(0)
    .max(50)
    .default(0)
    .describe("years of the unscaled look-back below which margin does not fall; 0: no floor"),
});

const floors = z.strictObject({
  amountUsd: z.number().min(0).default(0).describe("USD"),
  shareOfNotional: fraction.default(0).describe("share of gross notional at the index"),
  perShortOption: fraction
    .default(0)
    .describe("short option minimum: share of the index for each unit of options sold"),
});

/**
 * Everything of a VaR or ES margin as data. Blocks that a rulebook leaves out are off; one that wants its values to be
 * replaced singly states them.
 */
export const varEsRules = z
  .strictObject({
    simulation: simulationRules,
    measure,
    horizon,
    window,
    shocks,
    weighting: weighting.default({ kind: "equal", decay: 1 }),
    multiplier: z.number().positive().max(20).describe("model margin ÷ measure: the appetite for risk"),
    stress: stress.default({ method: "none", periods: [], weight: 0, confidence: 0.99 }),
    procyclicality: procyclicality.default({ buffer: 0, bufferUsed: 0, longRunYears: 0 }),
    offsetShare: fraction
      .default(1)
      .describe("share of the offsets between underlyings that is allowed; 0.8 under EMIR article 27, 1: all"),
    offsetGroups: z
      .record(z.string(), z.string())
      .default({})
      .describe("underlying -> group inside which offsets are not limited; an underlying that is not named is its own"),
    floors: floors.default({ amountUsd: 0, shareOfNotional: 0, perShortOption: 0 }),
    addOns: addOnRules.prefault({}),
    maintenanceShare: z
      .number()
      .gt(0)
      .max(1)
      .describe("maintenance margin as a share of initial margin without orders"),
    decimals: z.int().min(0).max(12).describe("decimals the requirement is rounded to, ties away from zero"),
  })
  .refine(
    ({ simulation, stress, weighting }) =>
      simulation.kind === "historical" || (stress.method !== "observations" && weighting.kind === "equal"),
    { message: "days of stress inside the window and weights by age need historical simulation", path: ["simulation"] },
  )
  .refine(
    ({ simulation, stress }) =>
      !(simulation.kind === "historical" && simulation.filter.kind !== "none" && simulation.filter.level === "book") ||
      stress.method !== "observations",
    { message: "a filter on the book cannot run over days of stress that stand before the window", path: ["stress"] },
  );

export type VarEsRules = z.output<typeof varEsRules>;
