import { z } from "zod";
import { comparisonColumn, historySource, source } from "../schema.ts";

/** How benchmark books are made: members as in `BenchmarkTerms` of the stage validation. */
export const benchmarkTerms = z.strictObject({
  underlying: z.string().min(1).max(20),
  size: z.number().positive().default(1).describe("of a leg, units of underlying"),
  days: z.number().positive().max(5000).default(30).describe("to expiry the options are nearest to"),
  width: z.number().gt(0).lt(1).default(0.1).describe("distance of outer strikes from the forward, fraction"),
  random: z.int().min(0).max(100).default(5).describe("random books"),
  legs: z.int().min(1).max(1000).default(20).describe("of a random book"),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
});

export const benchmarkRequest = benchmarkTerms
  .extend({
    market: source,
    history: historySource.optional().describe("past of risk factors, for methods that need one"),
    methods: z.array(comparisonColumn).min(1).max(12),
    reference: z.int().min(0).max(11).default(0).describe("place of the method that is validated"),
    threshold: z.number().positive().default(0.2).describe("difference above which an explanation is asked for"),
  })
  .refine(({ methods, reference }) => reference < methods.length, "`reference` must be the place of a method");
