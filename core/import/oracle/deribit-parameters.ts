import { entriesAt } from "./stated-number.ts";
import type { StatedParameter } from "./venue-statement.ts";

const pairFields: Readonly<Record<string, string>> = {
  price_range: "priceRange",
  volatility_range_up: "volatilityUp",
  volatility_range_down: "volatilityDown",
  min_volatility_for_shock_up: "minimumVolatilityUp",
  short_term_vega_power: "shortTermVegaPower",
  long_term_vega_power: "longTermVegaPower",
  extended_table_factor: "extendedTableFactor",
  m_inc: "deltaShockSlope",
  delta_total_liq_shock_threshold: "deltaShockThreshold",
  max_delta_shock: "maximumDeltaShock",
};

const currencyFields: Readonly<Record<string, string>> = {
  annualised_move_risk: "annualisedMoveRisk",
  min_annualised_move: "minimumAnnualisedMove",
  extended_dampener: "extendedDampener",
  pnl_offset: "profitOffset",
  max_offsetable_pnl: "maximumOffsetProfit",
  correlation_set: "correlationSet",
};

const collateralFields: Readonly<Record<string, string>> = { haircut: "haircut", equity_side_impact: "equityImpact" };

const generalFields: Readonly<Record<string, string>> = {
  mm_factor: "maintenanceFactor",
  buckets_count: "bucketsPerSide",
};

/**
 * `model_params` of a simulation (or of public/pme/get_params) as rulebook parameters.
 *
 * @param modelParams the member of that name
 * @param cross       also haircut and equity side, which only the cross-collateral method has
 * @returns parameters, and the venue's names that no rulebook has
 * @source resources/docs/methodology/deribit-portfolio.md, section 2
 */
export function deribitParameters(
  modelParams: unknown,
  cross: boolean,
): { readonly parameters: readonly StatedParameter[]; readonly unknown: readonly string[] } {
  const parameters: StatedParameter[] = [];
  const unknown: string[] = [];
  const take = (group: string, key: string, field: string, value: unknown, path: string | undefined) => {
    const at = [group, key, field].filter((part) => part !== "").join(".");
    if (path === undefined || !isSingle(value)) unknown.push(at);
    else parameters.push({ path, value, at });
  };
  const under = (folder: string, key: string, names: Readonly<Record<string, string>>, field: string) =>
    Object.hasOwn(names, field) ? `/${folder}/${key}/${names[field]}` : undefined;
  for (const [field, value] of entriesAt(modelParams, "general")) {
    if (field === "timestamp" || field === "vol_scenarios_count") continue;
    const name = Object.hasOwn(generalFields, field) ? generalFields[field] : undefined;
    take("general", "", field, value, name === undefined ? undefined : `/general/${name}`);
  }
  for (const [pair] of entriesAt(modelParams, "currency_pair"))
    for (const [field, value] of entriesAt(modelParams, "currency_pair", pair))
      take("currency_pair", pair, field, value, under("pairs", pair, pairFields, field));
  for (const [currency] of entriesAt(modelParams, "currency"))
    for (const [field, value] of entriesAt(modelParams, "currency", currency)) {
      const collateral = Object.hasOwn(collateralFields, field);
      if (collateral && !cross) continue;
      const path = collateral
        ? under("collateral", currency, collateralFields, field)
        : under("currencies", currency, currencyFields, field);
      take("currency", currency, field, value, path);
    }
  return { parameters, unknown };
}

function isSingle(value: unknown): value is number | string | boolean {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean";
}
