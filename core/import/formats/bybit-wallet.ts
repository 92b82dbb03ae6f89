import { instrumentId } from "../../instrument/index.ts";
import { bybitList } from "../bybit/instrument-name.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, isRecord } from "../format.ts";
import { addPosition, decide, type Intake, noteIndexPrice, placeOf } from "../intake.ts";
import { rejectsSecondBalance } from "../one-balance.ts";

/**
 * Reply of account/wallet-balance: one balance a coin, the figures of the whole account in USD once, spot in hedge as a position.
 *
 * @source resources/docs/formats.md, section 11
 */
export default defineFormat({
  id: "bybit-wallet",
  title: "Bybit wallet balance (account/wallet-balance)",
  kind: "account",
  claims: (probe) => probe.type === "json" && firstHas(bybitList(probe.content), "accountType", "totalEquity", "coin"),
  rows: (content) => {
    const list = bybitList(content);
    return (Array.isArray(list) ? list : [list]).flatMap((account: unknown) => {
      const whole = isRecord(account) ? account : {};
      const coins: readonly unknown[] = Array.isArray(whole.coin) ? whole.coin : [];
      return [{ row: whole, outer: { whole: true } }, ...coins.map((row) => ({ row: isRecord(row) ? row : {} }))];
    });
  },
  read(row, intake, outer) {
    if (outer.whole === true) readAccount(row, intake);
    else readCoin(row, intake);
  },
});

function readAccount(row: RowReader, intake: Intake): void {
  const equity = row.requiredNumber("totalEquity");
  const marginBalance = row.number("totalMarginBalance");
  const figures = present({
    marginBalance,
    balance: row.number("totalWalletBalance"),
    initialMargin: row.number("totalInitialMargin"),
    maintenanceMargin: row.number("totalMaintenanceMargin"),
    availableFunds: row.number("totalAvailableBalance"),
  });
  const type = row.text("accountType");
  if (row.broken()) return;
  intake.venues.add("bybit");
  if (type !== "UNIFIED")
    row.warn(
      "the account is unified",
      `accountType is ${type ?? "missing"}; its margin rules are others`,
      "accountType",
    );
  if (marginBalance === undefined) {
    const message = "totalMarginBalance is empty: the account margins each position by itself";
    row.leaveOut("the account states its margin", message, "totalMarginBalance");
    return;
  }
  intake.balances.push({ currency: "USD", equity, ...figures, wholeAccount: true, basis: "imported" });
}

function readCoin(row: RowReader, intake: Intake): void {
  const currency = row.requiredText("coin");
  const stated = row.requiredNumber("equity");
  const usd = row.number("usdValue");
  const balance = row.number("walletBalance");
  const owed = row.number("borrowAmount", { zeroIsNone: true });
  const orders = row.number("totalOrderIM", { zeroIsNone: true });
  const hedge = row.number("spotHedgingQty", { zeroIsNone: true });
  if (row.broken()) return;
  // The debt is left out of an equity that is not negative although the coin is worth less than nothing.
  const debtMissing = owed !== undefined && stated >= 0 && (usd ?? 0) < 0;
  const equity = debtMissing ? stated - owed : stated;
  if (debtMissing)
    row.warn(
      "equity and usdValue agree",
      `${currency} states equity ${stated} and usdValue ${usd}: the debt of ${owed} is taken off`,
      "equity",
    );
  if (usd !== undefined && equity !== 0 && usd / equity > 0) noteIndexPrice(intake, currency, usd / equity);
  if (equity === 0 && (balance ?? 0) === 0 && owed === undefined) {
    row.leaveOut("empty balances are left out", `${currency} has no equity; it is left out`, "equity");
    return;
  }
  if (rejectsSecondBalance(row, intake, currency, "coin")) return;
  const borrowed = owed === undefined ? undefined : Math.abs(owed);
  intake.balances.push({ currency, equity, ...present({ balance, borrowed }), basis: "imported" });
  if (orders !== undefined && orders > 0)
    intake.components.push({ id: "open-orders", currency, amount: orders, basis: "imported" });
  if (hedge === undefined) return;
  decide(
    intake,
    `spot in hedge, ${currency}`,
    `a position of ${hedge} ${currency}`,
    "the venue states it as spotHedgingQty",
  );
  const contract = { venue: "bybit", symbol: currency, underlying: currency, quote: "USD", settlement: "USD" };
  addPosition(intake, {
    instrument: { kind: "spot", id: instrumentId("bybit", currency), ...contract, payoff: "linear" },
    quantity: hedge,
    origin: { at: placeOf(intake), quantity: String(row.raw("spotHedgingQty")), unit: currency },
  });
}
