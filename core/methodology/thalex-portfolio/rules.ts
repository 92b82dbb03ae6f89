import { z } from "zod";

const fraction = z.number().nonnegative();

export const rules = z.strictObject({
  coins: z.array(z.string()).min(1).describe("underlyings with portfolio margin; their balances enter the scenarios"),
  coveredMove: fraction.lt(1).describe("largest index move that counts in full, relative; 0.2 is 20 %"),
  movesPerSide: z.int().min(1).max(50).describe("moves on each side of zero up to that, evenly spaced, count"),
  volatilityDown: fraction.describe("largest fall of volatility, absolute; 0.3 is 30 points"),
  volatilityUp: fraction.describe("largest rise of volatility, absolute; 0.45 is 45 points"),
  volatilityStepsPerSide: z
    .int()
    .min(1)
    .max(20)
    .describe("volatility changes on each side of zero, evenly spaced, count"),
  largeMove: z.number().positive().lt(1).describe("index move beyond the covered range, up and down, relative"),
  largeMoveCoverage: fraction.max(1).describe("coverage factor: share of the loss at that move that counts"),
  optionContingencyRate: fraction.describe("share of the short cash position of options; 0 where it is not known"),
  maintenanceShare: fraction.max(1).describe("maintenance margin ÷ initial margin"),
});

export type ThalexRules = z.output<typeof rules>;

const dollars = ["USD", "USDT", "USDC"];

/** Whether a balance in a currency counts as collateral. */
export function isCollateral(currency: string, { coins }: ThalexRules): boolean {
  return dollars.includes(currency) || coins.includes(currency);
}
