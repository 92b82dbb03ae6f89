import { failed, type Result, success } from "../../../base/index.ts";
import { isRecord } from "../../format.ts";
import { defineOracle, type OracleContent } from "../oracle.ts";
import { memberAt, numberAt, recordsAt } from "../stated-number.ts";
import type { StatedParameter } from "../venue-statement.ts";

type Row = Readonly<Record<string, unknown>>;

const commonFields: readonly (readonly [string, string])[] = [
  ["mmf_factor", "/maintenanceFactor"],
  ["funding_provision_hour", "/fundingProvisionHours"],
  ["vol_shock_params.dte_floor_days", "/volatility/minimumDays"],
  ["vol_shock_params.vega_power_short_dte", "/volatility/shortPower"],
  ["vol_shock_params.vega_power_long_dte", "/volatility/longPower"],
];

const assetFields: readonly (readonly [string, string])[] = [
  ["hedged_margin_factor", "hedgedFactor"],
  ["unhedged_margin_factor", "unhedgedFactor"],
  ["vol_shock_params.min_vol_shock_up", "minimumVolatilityUp"],
];

const scenarioFields = [
  ["spot_shock", "spotShock"],
  ["vol_shock", "volShock"],
  ["weight", "weight"],
] as const;

/** Reply of GET /v1/system/margin-config: the parameters of portfolio margin of one base asset. */
export default defineOracle({
  id: "paradex-margin-config",
  title: "Paradex system/margin-config",
  venue: "paradex",
  claims: (content) => configsOf(content).some((row) => "unhedged_margin_factor" in row && "scenarios" in row),
  read: ({ content }) => configuration(configsOf(content)),
});

/** One configuration, bare, in a list, or in `results`. */
function configsOf(content: unknown): readonly Row[] {
  const inside = isRecord(content) && Array.isArray(content.results) ? content.results : content;
  return (Array.isArray(inside) ? inside : [inside]).filter(isRecord);
}

function configuration(rows: readonly Row[]): Result<OracleContent> {
  const unnamed = rows.some((row) => assetOf(row) === undefined);
  if (unnamed)
    return failed(
      "parse-error",
      "the margin configuration does not name its asset: save it with its base_asset, which the request names",
    );
  return success({
    venue: "paradex",
    methodologies: [],
    amounts: [],
    vectors: [],
    parameters: rows.flatMap((row) => parametersOf(row, assetOf(row) ?? "")),
    notes: [],
  });
}

function assetOf(row: Row): string | undefined {
  const name = row.base_asset ?? row.base_currency;
  return typeof name === "string" && name !== "" ? name : undefined;
}

function parametersOf(row: Row, asset: string): readonly StatedParameter[] {
  const take = (field: string, path: string): StatedParameter[] => {
    const value = numberAt(row, ...field.split("."));
    return value === undefined ? [] : [{ path, value, at: field }];
  };
  const scenarios = recordsAt(row, "scenarios").flatMap((_, index) =>
    scenarioFields.flatMap(([field, name]) =>
      take(`scenarios.${index}.${field}`, `/assets/${asset}/scenarios/${index}/${name}`),
    ),
  );
  const least = memberAt(row, "vol_shock_params", "min_vol_shock_up") === undefined;
  return [
    ...commonFields.flatMap(([field, path]) => take(field, path)),
    ...assetFields.flatMap(([field, name]) => take(field, `/assets/${asset}/${name}`)),
    ...(least
      ? [{ path: `/assets/${asset}/minimumVolatilityUp`, value: 0, at: "vol_shock_params.min_vol_shock_up, absent" }]
      : []),
    ...scenarios,
  ];
}
