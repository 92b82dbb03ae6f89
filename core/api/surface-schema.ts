import { z } from "zod";
import { marginRequest } from "./schema.ts";

/** What a surface is asked over. */

/** Shocks from `from` to `to` in `count` equal steps. */
const axis = z
  .strictObject({ from: z.number().gt(-1), to: z.number(), count: z.int().min(2).max(161) })
  .refine((a) => a.to > a.from, "`to` must be above `from`");

export const surfaceAxes = z.strictObject({
  price: axis.default({ from: -0.5, to: 0.5, count: 41 }).describe("relative price moves"),
  volatility: axis
    .default({ from: -0.5, to: 0.5, count: 41 })
    .describe("relative changes or volatility points; the range of the rows, whatever `vertical` moves"),
  volatilityMode: z.enum(["relative", "absolute"]).default("relative"),
  vertical: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("volatility") }),
      z.strictObject({ kind: z.literal("skew") }),
      z.strictObject({ kind: z.literal("term") }),
      z.strictObject({ kind: z.literal("price"), underlying: z.string().min(1) }),
    ])
    .exactOptional()
    .describe(
      "what the rows move, volatility when left out; skew: points per unit of (0.5 - call delta); term: points at 30 days, times √(30/days); price: that of another underlying alone, relative",
    ),
  underlying: z
    .string()
    .min(1)
    .exactOptional()
    .describe("only this underlying moves; when left out all, or all but the one of the rows"),
  days: z
    .array(z.number().min(0))
    .min(1)
    .max(24)
    .exactOptional()
    .describe("days that pass, ascending: a surface for each, those after the first under `later`"),
});

/** One side of a difference of surfaces. */
export const surfaceSide = marginRequest.extend({
  map: z.boolean().default(false).describe("hold the book in the instruments of the method's venue"),
  days: z.number().min(0).exactOptional().describe("days that pass on this side; default: those of the axes"),
});
