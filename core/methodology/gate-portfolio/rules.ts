import { z } from "zod";

const fraction = z.number().nonnegative();

export const rules = z.strictObject({
  coins: z.array(z.string()).min(1).describe("underlyings that have a risk unit"),
  priceRange: z.number().positive().lt(1).describe("edge of the price grid, relative move; 0.15 is 15 %"),
  movesPerSide: z.int().min(1).max(50).describe("price moves on each side of zero, evenly spaced, count"),
  volatilityUp: fraction.describe("relative rise of volatility; 0.24 is 24 %"),
  volatilityDown: fraction.max(1).describe("relative fall of volatility"),
  initialFactor: z.number().min(1).describe("initial margin ÷ maintenance margin of the risk unit, times"),
  spotHedge: z.boolean().describe("whether spot hedges the derivatives of its coin"),
});

export type GateRules = z.output<typeof rules>;

/** Kinds of components of the whole account that count beside its units. */
export const initialKinds = ["open-orders", "spot-orders", "borrowing-initial", "other-initial"] as const;
export const maintenanceKinds = ["borrowing-maintenance", "other-maintenance"] as const;
