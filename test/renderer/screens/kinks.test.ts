import { describe, expect, it } from "vitest";
import type { KinkDistance } from "../../../renderer/client/stress.ts";
import { ladderRows } from "../../../renderer/figures/kink-ladder.ts";
import { kinkAnswer } from "../../../renderer/screens/kinks/kink-answer.ts";
import { kinkCsv, kinkRows } from "../../../renderer/screens/kinks/kink-rows.ts";

const kink = (kind: string, move: number, before: string, after: string, account = "BTC") => ({
  ...{
    kind,
    move,
    before,
    after,
    account,
    width: 1e-9,
    also: [],
    initialUsd: 10,
    maintenanceUsd: 8,
    marginBalanceUsd: 9,
  },
});
const above = "Margin balance at or above Initial margin";
const below = "Margin balance below Initial margin";
const levels = [{ underlying: "BTC", price: 100_000, volatility: { level: 0.5, tenorDays: 30 } }];
const price = { kind: "price", underlying: "BTC", from: -0.5, to: 0.5 };
const distanceOf = (down: readonly object[], up: readonly object[], now: object = { marginBalanceUsd: 9 }) =>
  ({
    ...{ asOfMs: 0, levels, now, settings: { steps: 50 }, remarks: [] },
    directions: [
      { axis: price, direction: "down", searchedTo: -0.5, kinks: down },
      { axis: price, direction: "up", searchedTo: 0.5, kinks: up },
      {
        ...{ axis: { kind: "size", from: -0.9, to: 4 }, direction: "up", searchedTo: 4 },
        kinks: [kink("tier", 0.5, "", "Tier 2")],
      },
    ],
  }) as unknown as KinkDistance;

describe("the answer about the next kink", () => {
  it("says the next call with its price, the liquidation, and what comes on other axes", () => {
    const answer = kinkAnswer(
      distanceOf(
        [
          kink("scenario", -0.01, "", "another binds"),
          kink("call", -0.123, above, below),
          kink("liquidation", -0.2, above, below),
        ],
        [],
      ),
    );
    expect(answer.headline).toBe("Next call at BTC −12.30 % (87,700 USD).");
    expect(answer.others).toEqual([
      "Liquidation at BTC −20.00 %.",
      "First change of structure at −1.00 %: another binds.",
      "Size: tier at +50.00 %.",
    ]);
  });

  it("says that nothing comes within the range", () => {
    const answer = kinkAnswer(distanceOf([], []));
    expect(answer.headline).toBe("No call within price moves of −50 % to +50 %.");
    expect(answer.others[0]).toBe("No liquidation within −50 % to +50 %.");
  });

  it("says which account is short now, and asks for an equity where none is known", () => {
    expect(kinkAnswer(distanceOf([], [kink("call", 0.1, below, above)])).headline).toMatch(
      /^BTC is short of initial margin now\./,
    );
    expect(kinkAnswer(distanceOf([], [], {})).headline).toMatch(/set the equity/);
  });

  it("does not call an account short that falls short on the way first", () => {
    const fallsThenRecovers = [kink("call", -0.1, above, below), kink("call", -0.3, below, above)];
    expect(kinkAnswer(distanceOf(fallsThenRecovers, [])).headline).toMatch(/^Next call at BTC −10.00 %/);
  });

  it("lists kinks nearest first, a call before a tier at the same place, and keeps full precision in files", () => {
    const distance = distanceOf(
      [kink("tier", -0.2, "", "Tier 3"), kink("call", -0.2, above, below), kink("floor", -0.1, "", "Floor acts")],
      [],
    );
    const rows = kinkRows(ladderRows(distance), distance);
    expect(rows.map((row) => row.kink.kind)).toEqual(["floor", "call", "tier", "tier"]);
    expect(kinkCsv(rows, distance).rows[1]?.slice(0, 6)).toEqual(["price", "BTC", "call", -0.2, 1e-9, "80,000 USD"]);
  });
});
