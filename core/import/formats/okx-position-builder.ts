import { defineFormat, firstHas, isRecord, type JsonRow } from "../format.ts";
import { readBuilderAccount } from "../okx/builder-account.ts";
import { readBuilderPrices } from "../okx/builder-prices.ts";
import { readOkxPosition } from "../okx/position-row.ts";

/**
 * Reply of account/position-builder: positions, assets and requirement of a simulated or real account. The reply has no index prices;
 * they follow from its scenario profits where a unit holds one contract only.
 *
 * @source resources/docs/formats.md, section 10
 */
export default defineFormat({
  id: "okx-position-builder",
  title: "OKX position builder (account/position-builder)",
  kind: "positions",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "riskUnitData", "totalMmr"),
  rows: (content) => {
    const first: unknown = Array.isArray(content) ? content[0] : content;
    const whole = isRecord(first) ? first : {};
    const units = recordsOf(whole.riskUnitData);
    return [
      { row: whole, outer: { what: "account" } },
      ...recordsOf(whole.assets).map((row): JsonRow => ({ row, outer: { what: "asset" } })),
      ...units.map((row): JsonRow => ({ row, outer: { what: "unit" } })),
      ...units.flatMap(({ portfolios }) => recordsOf(portfolios).map((row): JsonRow => ({ row }))),
    ];
  },
  read(row, intake, { what }) {
    if (what === "account" || what === "asset") readBuilderAccount(row, intake, what);
    else if (what === "unit") readBuilderPrices(row, intake);
    else readOkxPosition(row, intake, { contracts: "amt", profitLoss: "floatPnl" });
  },
});

function recordsOf(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
