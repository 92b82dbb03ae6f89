import { z } from "zod";

const rate = z.number().nonnegative();

export const rules = z.strictObject({
  maintenanceFactor: rate.describe("maintenance factor, fraction of the index; of a put also of its mark"),
  liquidationFee: rate.describe("fee of a liquidation, fraction of the index, part of maintenance"),
  highestFactor: rate.describe("initial factor at the money, fraction of the index"),
  lowestFactor: rate.describe("least initial factor far out of the money, fraction of the index"),
});

export type CrossOptionRules = z.output<typeof rules>;
