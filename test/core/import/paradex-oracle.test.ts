import { describe, expect, it } from "vitest";
import { readOracles } from "../../../core/import/oracle/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { resolveRules, valueAt } from "../../../core/rulebook/index.ts";
import { rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";
import { jsonFile } from "./files.ts";

const rules = unwrapped(resolveRules(rulebookOf("paradex-portfolio"), { date: "2026-07-13" }));
const scenario = { spot_shock: "0.16", vol_shock: "0.45", weight: "1" };
const configuration = {
  ...{ base_asset: "BTC", hedged_margin_factor: "0.011", unhedged_margin_factor: "0.022", mmf_factor: "0.55" },
  ...{ funding_provision_hour: "8", scenarios: [scenario, { spot_shock: "0.12", vol_shock: "0.4", weight: "1" }] },
  vol_shock_params: {
    ...{ dte_floor_days: "2", min_vol_shock_up: "0.41", vega_power_short_dte: "0.31", vega_power_long_dte: "0.14" },
  },
};

describe("a Paradex margin configuration", () => {
  it("gives parameters that exist in the rulebook, one for each figure", () => {
    const { parameters, venue } = unwrapped(readOracles([jsonFile("config.json", configuration)]));
    expect(venue).toBe("paradex");
    const overrides = parameters.map(({ path, value }) => ({ path, value }));
    expect(overrides).toHaveLength(14);
    expect(overrides.filter(({ path }) => valueAt(rules.parameters, path) === undefined)).toEqual([]);
    expect(overrides).toContainEqual({ path: "/assets/BTC/scenarios/0/volShock", value: 0.45 });
    const changed = unwrapped(resolveRules(rulebookOf("paradex-portfolio"), { date: "2026-07-13" }, overrides));
    expect(catalog.get("paradex-portfolio")?.under(changed.parameters).ok).toBe(true);
    expect(valueAt(changed.parameters, "/volatility/minimumDays")).toBe(2);
  });
  it("is read the same in a list of results, and refused without its asset", () => {
    const listed = unwrapped(readOracles([jsonFile("config.json", { results: [configuration] })]));
    expect(listed.parameters).toHaveLength(14);
    const { base_asset: _, ...unnamed } = configuration;
    const refused = readOracles([jsonFile("config.json", unnamed)]);
    expect(refused.ok ? "read" : refused.failure.message).toContain("does not name its asset");
  });
});

it("a Paradex account states its requirement", () => {
  const account = {
    ...{
      account_value: "60000",
      initial_margin_requirement: "34875.426156",
      maintenance_margin_requirement: "17437.713078",
    },
    ...{ free_collateral: "25124.573844", total_collateral: "59000", updated_at: 1_783_929_600_000 },
  };
  const statement = unwrapped(readOracles([jsonFile("account.json", account)]));
  expect(statement.asOfMs).toBe(1_783_929_600_000);
  expect(statement.amounts.map(({ amount, lines }) => [amount, ...lines])).toEqual([
    [34_875.426156, "cross/initial"],
    [17_437.713078, "cross/maintenance"],
    [60_000, "cross/margin-balance"],
    [25_124.573844, "cross/free"],
  ]);
});
