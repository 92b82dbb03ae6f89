import { expect, it } from "vitest";
import { readOracles } from "../../../core/import/index.ts";

const file = (content: unknown) => ({
  name: "reply.json",
  bytes: new TextEncoder().encode(JSON.stringify(content)),
});
const underlying = {
  ...{ underlying: "BTCUSD", required_margin: 50_350, loss_margin: 50_040 },
  ...{ roll_contingency_margin: 300, options_contingency_margin: 10, scenario_used: 1 },
  scenarios: [
    { underlying_change_pct: 20, vol_change_pct_point: 0, pnl: 50_040, coverage_factor: 1 },
    { underlying_change_pct: -20, vol_change_pct_point: 45, pnl: -50_040, coverage_factor: 1 },
  ],
};
const reply = { result: { portfolio: { required_margin: 50_350, underlyings: [underlying] } } };

it("Thalex: reads margins, contingencies as components, and the scenario that was used", () => {
  const read = readOracles([file(reply)]);
  if (!read.ok) throw new Error(read.failure.message);
  const { venue, methodologies, covers, amounts, components, notes } = read.value;
  expect({ venue, methodologies, covers }).toEqual({
    venue: "thalex",
    methodologies: ["thalex-portfolio"],
    covers: { underlyings: ["BTC"] },
  });
  expect(amounts.map(({ amount, lines }) => [lines[0], amount])).toEqual([
    ["cross/initial", 50_350],
    ["cross/initial/BTC", 50_350],
    ["cross/initial/BTC/loss-coverage", 50_040],
    ["cross/initial/BTC/roll-contingency", 300],
    ["cross/initial/BTC/option-contingency", 10],
  ]);
  expect(components.map(({ id, underlying: coin, amount, basis }) => [id, coin, amount, basis])).toEqual([
    ["delta-contingency", "BTC", 300, "imported"],
    ["option-contingency", "BTC", 10, "imported"],
  ]);
  expect(notes.join()).toContain(
    "BTC: the venue used index -20 %, volatility 45 points, coverage factor 1, of 2 scenarios",
  );
});

it("Thalex: names a breakdown without margins as another version", () => {
  const old = readOracles([file({ result: { portfolio: { underlyings: [{ underlying: "BTCUSD" }] } } })]);
  expect(old).toMatchObject({ ok: false, failure: { message: expect.stringContaining("another version") } });
});
