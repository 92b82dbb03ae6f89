import { describe, expect, it } from "vitest";
import { totalsOf } from "../../../core/margin/totals.ts";
import { type AccountCharge, lines } from "../../../core/methodology/index.ts";

function account(unit: string, usdPerUnit: number, initial: number, marginBalance?: number): AccountCharge {
  const { leaf } = lines(unit);
  return {
    id: unit,
    unit,
    usdPerUnit,
    initial: leaf("initial", "Initial margin", initial, "1"),
    maintenance: leaf("maintenance", "Maintenance margin", initial / 2, "1"),
    ...(marginBalance === undefined ? {} : { marginBalance: leaf("balance", "Margin balance", marginBalance, "1") }),
    matrices: [],
  };
}

describe("totalsOf", () => {
  it("adds accounts in USD, each at its own rate", () => {
    const totals = totalsOf([account("BTC", 100_000, 1, 3), account("USDC", 1, 50, 200)]);
    expect(totals).toEqual({
      initialUsd: 100_050,
      maintenanceUsd: 50_025,
      marginBalanceUsd: 300_200,
      availableFundsUsd: 200_150,
    });
  });
  it("leaves out available funds when an account with a requirement has no balance", () => {
    const totals = totalsOf([account("BTC", 100_000, 0, 3), account("USDT", 1, 50)]);
    expect(totals).toEqual({ initialUsd: 50, maintenanceUsd: 25, marginBalanceUsd: 300_000 });
  });
});
