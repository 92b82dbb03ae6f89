import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, isRecord, rowsOf } from "../format.ts";
import { decide, type Intake } from "../intake.ts";
import { rejectsSecondBalance } from "../one-balance.ts";

/**
 * Reply of fapi account: one balance an asset; its margin balance is the wallet with unrealised profit.
 *
 * @source Binance API, Account Information; resources/docs/formats.md, section 12
 */
export default defineFormat({
  id: "binance-futures-account",
  title: "Binance futures account (fapi account)",
  kind: "account",
  claims: (probe) =>
    probe.type === "json" &&
    isRecord(probe.content) &&
    firstHas(probe.content.assets, "asset", "walletBalance", "unrealizedProfit", "marginBalance"),
  rows: (content) => {
    const { assets, positions } = isRecord(content) ? content : {};
    const held = Array.isArray(positions) ? positions.filter(isHeld).length : 0;
    return rowsOf(assets).map((row) => ({ ...row, outer: { held } }));
  },
  read(row, intake, outer) {
    if (Number(outer.held) > 0 && intake.row === 1)
      decide(
        intake,
        `${Number(outer.held)} positions in the account reply`,
        "not read",
        "they state no mark: import positionRisk for them",
      );
    readAsset(row, intake);
  },
});

function isHeld(position: unknown): boolean {
  return isRecord(position) && Number(position.positionAmt) !== 0;
}

function readAsset(row: RowReader, intake: Intake): void {
  const currency = row.requiredText("asset");
  const equity = row.requiredNumber("marginBalance");
  const balance = row.number("walletBalance");
  const figures = {
    initialMargin: row.number("initialMargin"),
    maintenanceMargin: row.number("maintMargin"),
    availableFunds: row.number("availableBalance"),
  };
  const orders = row.number("openOrderInitialMargin", { zeroIsNone: true });
  const profit = row.number("unrealizedProfit");
  if (row.broken()) return;
  if (equity === 0 && (balance ?? 0) === 0) {
    row.leaveOut("empty balances are left out", `${currency} has no balance; it is left out`, "marginBalance");
    return;
  }
  if (rejectsSecondBalance(row, intake, currency, "asset", ", of this or another wallet")) return;
  if (
    balance !== undefined &&
    profit !== undefined &&
    Math.abs(balance + profit - equity) > 1e-6 * Math.abs(equity) + 2e-8
  )
    row.warn(
      "the figures of an account fit together",
      "marginBalance = walletBalance + unrealizedProfit does not hold",
      "marginBalance",
    );
  intake.venues.add("binance");
  intake.balances.push({ currency, equity, ...present({ balance, ...figures }), basis: "imported" });
  if (orders !== undefined && orders > 0)
    intake.components.push({ id: "open-orders", currency, amount: orders, basis: "imported" });
}
