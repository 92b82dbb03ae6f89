import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import type { Intake } from "../intake.ts";

/** The account of a position-builder reply (adjusted equity and requirement in USD), or one of its assets. */
export function readBuilderAccount(row: RowReader, intake: Intake, what: "account" | "asset"): void {
  intake.venues.add("okx");
  if (what === "asset") {
    const currency = row.requiredText("ccy");
    const equity = row.requiredNumber("availEq");
    if (row.broken()) return;
    if (equity === 0) {
      row.leaveOut("empty balances are left out", `${currency} has no equity; it is left out`, "availEq");
      return;
    }
    intake.balances.push({ currency, equity, basis: "imported" });
    return;
  }
  const marginBalance = row.requiredNumber("eq");
  const initialMargin = row.requiredNumber("totalImr");
  const maintenanceMargin = row.requiredNumber("totalMmr");
  const taken = row.instant("ts");
  if (row.broken()) return;
  if (taken !== undefined) intake.instants.push(taken);
  intake.balances.push({
    ...{ currency: "USD", equity: marginBalance, marginBalance, initialMargin, maintenanceMargin, wholeAccount: true },
    ...present({ availableFunds: marginBalance - initialMargin }),
    basis: "imported",
  });
}
