import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";

/**
 * Reply of GET /v1/account: account value and requirement in the settlement asset.
 *
 * @source Paradex API, account information; resources/docs/methodology/paradex-portfolio.md, section 2 (collateral USDC)
 */
export default defineFormat({
  id: "paradex-account",
  title: "Paradex account (/v1/account)",
  kind: "account",
  claims: (probe) =>
    probe.type === "json" &&
    firstHas(probe.content, "account_value", "total_collateral", "maintenance_margin_requirement"),
  rows: rowsOf,
  read(row, intake) {
    const currency = row.text("settlement_asset") ?? "USDC";
    const equity = row.requiredNumber("account_value");
    const balance = row.number("total_collateral");
    const initialMargin = row.number("initial_margin_requirement");
    const maintenanceMargin = row.number("maintenance_margin_requirement");
    const availableFunds = row.number("free_collateral");
    const taken = row.instant("updated_at");
    if (row.broken()) return;
    if (taken !== undefined) intake.instants.push(taken);
    intake.venues.add("paradex");
    intake.balances.push({
      ...{ currency, equity, basis: "imported" },
      ...present({ balance, initialMargin, maintenanceMargin, availableFunds }),
    });
  },
});
