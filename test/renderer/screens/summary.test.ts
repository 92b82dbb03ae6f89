import { describe, expect, it } from "vitest";
import { accountFigures, standingOf, totalFigures } from "../../../renderer/screens/summary/summary-figures.ts";
import { bitcoin, smallResult } from "./small-result.ts";

const result = smallResult();

describe("accountFigures", () => {
  const [btc, eth] = accountFigures(result);
  it("takes headroom and utilisation against the margin balance", () =>
    expect(btc).toMatchObject({
      equity: 10,
      initial: 2.5,
      maintenance: 2,
      available: 7.5,
      toLiquidation: 8,
      utilisation: 0.25,
      maintenanceRatio: 0.2,
    }));
  it("names the binding scenario", () =>
    expect(btc?.worst).toEqual([
      {
        account: "BTC",
        setId: "matrix-BTC",
        scenarioId: "standard -0.1 down",
        label: "standard -0.1 down",
        amount: -2,
        unit: "BTC",
        ranked: false,
      },
    ]));
  it("knows where an account stands", () => {
    expect(btc && standingOf(btc)).toBe("ok");
    expect(eth && standingOf(eth)).toBe("call");
    expect(btc && standingOf({ ...btc, toLiquidation: -1 })).toBe("liquidation");
  });
  it("has no headroom and no standing without a balance", () => {
    const { equity: _, marginBalance: _m, ...rest } = bitcoin;
    const [bare] = accountFigures(smallResult({ accounts: [rest] }));
    expect(bare).toMatchObject({ available: undefined, toLiquidation: undefined, utilisation: undefined });
    expect(bare && standingOf(bare)).toBe("none");
  });
});

describe("totalFigures", () => {
  const total = totalFigures(result);
  it("adds requirements in USD", () =>
    expect(total).toMatchObject({ initial: 298_000, maintenance: 236_000, available: 742_000 }));
  it("takes the headroom of the account nearest to liquidation, because each stands alone", () =>
    expect(total).toMatchObject({ toLiquidation: 4000, nearest: "ETH" }));
});
