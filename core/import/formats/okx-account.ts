import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, isRecord } from "../format.ts";
import { type Intake, noteIndexPrice } from "../intake.ts";
import { rejectsSecondBalance } from "../one-balance.ts";

/**
 * Reply of account/balance: one balance a currency, and the figures of the whole account in USD once.
 *
 * @source resources/docs/formats.md, section 10
 */
export default defineFormat({
  id: "okx-account",
  title: "OKX account (account/balance)",
  kind: "account",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "totalEq", "details"),
  rows: (content) => {
    const first: unknown = Array.isArray(content) ? content[0] : content;
    const whole = isRecord(first) ? first : {};
    const details = Array.isArray(whole.details) ? whole.details : [];
    return [
      { row: whole, outer: { whole: true } },
      ...details.map((row: unknown) => ({ row: isRecord(row) ? row : {} })),
    ];
  },
  read(row, intake, outer) {
    if (outer.whole === true) readWholeAccount(row, intake);
    else readCurrency(row, intake);
  },
});

function readWholeAccount(row: RowReader, intake: Intake): void {
  const equity = row.requiredNumber("totalEq");
  const marginBalance = row.number("adjEq");
  const initialMargin = row.number("imr");
  const maintenanceMargin = row.number("mmr");
  const taken = row.instant("uTime");
  if (row.broken()) return;
  if (taken !== undefined) intake.instants.push(taken);
  intake.venues.add("okx");
  if (marginBalance === undefined) {
    const message = "adjEq is empty: the account is not in multi-currency or portfolio margin mode";
    row.leaveOut("the account states its margin", message, "adjEq");
    return;
  }
  const availableFunds = initialMargin === undefined ? undefined : marginBalance - initialMargin;
  intake.balances.push({
    ...{ currency: "USD", equity, marginBalance, wholeAccount: true, basis: "imported" },
    ...present({ initialMargin, maintenanceMargin, availableFunds }),
  });
}

function readCurrency(row: RowReader, intake: Intake): void {
  const currency = row.requiredText("ccy");
  const equity = row.requiredNumber("eq");
  const balance = row.number("cashBal");
  const equityUsd = row.number("eqUsd");
  const discountedUsd = row.number("disEq");
  const riskOffsetLimit = row.number("clSpotInUseAmt", { atLeast: 0, zeroIsNone: true });
  if (row.broken()) return;
  if (rejectsSecondBalance(row, intake, currency, "ccy")) return;
  if (equity === 0 && (balance ?? 0) === 0) {
    row.leaveOut("empty balances are left out", `${currency} has no equity; it is left out`, "eq");
    return;
  }
  const usd = equityUsd === undefined || equity === 0 ? 0 : equityUsd / equity;
  if (usd > 0) noteIndexPrice(intake, currency, usd);
  const marginBalance = discountedUsd === undefined || !(usd > 0) ? undefined : discountedUsd / usd;
  intake.balances.push({
    currency,
    equity,
    ...present({ balance, marginBalance, riskOffsetLimit }),
    basis: "imported",
  });
}
