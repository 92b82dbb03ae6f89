import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, isRecord } from "../format.ts";
import { decide, type Intake } from "../intake.ts";

/**
 * Reply of sapi portfolio/account: equity before and after collateral rates, and maintenance by risk unit as components.
 *
 * @source Binance API, Get Classic Portfolio Margin Account Info V2
 */
export default defineFormat({
  id: "binance-portfolio-account",
  title: "Binance portfolio margin account (sapi portfolio account)",
  kind: "account",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "uniMMR", "accountEquity", "accountMaintMargin"),
  rows: (content) => {
    const account = isRecord(content) ? content : {};
    const units: readonly unknown[] = Array.isArray(account.riskUnitMMList) ? account.riskUnitMMList : [];
    return [
      { row: account, outer: { account: true } },
      ...units.map((row) => ({ row: isRecord(row) ? row : {}, outer: { account: false } })),
    ];
  },
  read(row, intake, outer) {
    if (outer.account === true) readAccount(row, intake);
    else readRiskUnit(row, intake);
  },
});

function readAccount(row: RowReader, intake: Intake): void {
  const marginBalance = row.requiredNumber("accountEquity");
  const equity = row.number("actualEquity") ?? marginBalance;
  const maintenanceMargin = row.requiredNumber("accountMaintMargin");
  const ratio = row.number("uniMMR");
  const amounts = [
    ["borrowing-maintenance", row.number("marginMM")],
    ["other-maintenance", row.number("otherMM")],
  ] as const;
  const model = row.text("accountType");
  if (row.broken()) return;
  intake.venues.add("binance");
  const expected = maintenanceMargin > 0 ? marginBalance / maintenanceMargin : undefined;
  if (expected !== undefined && ratio !== undefined && Math.abs(ratio - expected) > 1e-6 * expected + 1e-6)
    row.warn(
      "uniMMR = accountEquity ÷ accountMaintMargin",
      `uniMMR is ${ratio}, the figures give ${expected}`,
      "uniMMR",
    );
  decide(
    intake,
    "program",
    model === "PM_3" ? "pro-span" : model === "PM_2" ? "portfolio-margin" : "pro",
    `accountType is ${model ?? "not given"}`,
  );
  intake.balances.push({
    ...{ currency: "USD", equity, marginBalance, maintenanceMargin, wholeAccount: true, basis: "imported" },
    ...present({ marginModel: model }),
  });
  for (const [id, amount] of amounts)
    if (amount !== undefined) intake.components.push({ id, currency: "USD", amount, basis: "imported" });
}

function readRiskUnit(row: RowReader, intake: Intake): void {
  const underlying = row.requiredText("asset");
  const amount = row.requiredNumber("uniMaintainUsd", { atLeast: 0 });
  if (row.broken()) return;
  intake.components.push({ id: "risk-unit-maintenance", currency: "USD", underlying, amount, basis: "imported" });
}
