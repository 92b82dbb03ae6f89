import { success } from "../../../base/index.ts";
import type { Component } from "../../../portfolio/index.ts";
import { isRecord } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { numberAt, recordsAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount } from "../venue-statement.ts";

type Row = Readonly<Record<string, unknown>>;

const decimals = 8;

/** Reply of sapi portfolio/account: uniMMR with the equity and maintenance it is made of. */
export default defineOracle({
  id: "binance-portfolio-account",
  title: "Binance portfolio margin account (sapi portfolio/account)",
  venue: "binance",
  claims: (content) => isRecord(content) && "uniMMR" in content && "accountMaintMargin" in content,
  read: ({ content, answeredMs }) => {
    const row: Row = isRecord(content) ? content : {};
    const equity = numberAt(row, "actualEquity") ?? numberAt(row, "accountEquity");
    const marginBalance = numberAt(row, "accountEquity");
    return success({
      venue: "binance",
      methodologies: ["binance-unified"],
      ...(answeredMs === undefined ? {} : { asOfMs: answeredMs }),
      amounts: [...units(row).flatMap((unit) => unitAmount(unit)), ...accountAmounts(row)],
      components: components(row),
      balances:
        equity === undefined || marginBalance === undefined
          ? []
          : [{ currency: "USD", equity, marginBalance, wholeAccount: true, basis: "imported" }],
      notes: [`accountType is ${String(row.accountType ?? "not given")}: choose the program of the rules by it`],
    });
  },
});

function units(row: Row): readonly Row[] {
  return recordsAt(row, "riskUnitMMList");
}

function unitAmount(unit: Row): StatedAmount[] {
  const coin = String(unit.asset);
  const line = `cross/maintenance/risk-unit-${coin}`;
  return amountOf(unit, "uniMaintainUsd", `riskUnit.${coin}`, `Maintenance of the risk unit ${coin}`, "scenario", line);
}

function accountAmounts(row: Row): StatedAmount[] {
  const parts = [...units(row).map((unit) => `riskUnit.${String(unit.asset)}`), "marginMM", "otherMM"];
  const total = amountOf(
    row,
    "accountMaintMargin",
    "accountMaintMargin",
    "Maintenance margin",
    "total",
    "cross/maintenance",
  );
  return [
    ...amountOf(
      row,
      "marginMM",
      "marginMM",
      "Maintenance of margin loans",
      "total",
      "cross/maintenance/borrowing-maintenance",
    ),
    ...amountOf(row, "otherMM", "otherMM", "Other maintenance", "total", "cross/maintenance/other-maintenance"),
    ...total.map((amount) => (units(row).length > 0 ? { ...amount, parts: { ids: parts, factor: 1 } } : amount)),
    ...amountOf(row, "accountEquity", "accountEquity", "Account equity", "balance", "cross/margin-balance"),
    ...amountOf(row, "actualEquity", "actualEquity", "Equity before collateral rates", "balance", "cross/equity"),
    ...amountOf(row, "uniMMR", "uniMMR", "uniMMR", "balance", "cross/uni-mmr", "times"),
  ];
}

function amountOf(
  row: Row,
  field: string,
  id: string,
  label: string,
  component: StatedAmount["component"],
  line: string,
  unit = "USD",
): StatedAmount[] {
  const stated = statedNumber(row[field], decimals);
  if (stated === undefined) return [];
  return [{ id, label, account: "cross", component, amount: stated.value, unit, digit: stated.digit, lines: [line] }];
}

function components(row: Row): Component[] {
  const shared = { currency: "USD", basis: "imported" } as const;
  const scanned = units(row).flatMap((unit): Component[] => {
    const amount = numberAt(unit, "uniMaintainUsd");
    return amount === undefined
      ? []
      : [{ id: "risk-unit-maintenance", underlying: String(unit.asset), amount, ...shared }];
  });
  const rest = [
    ["borrowing-maintenance", numberAt(row, "marginMM")],
    ["other-maintenance", numberAt(row, "otherMM")],
  ] as const;
  return [...scanned, ...rest.flatMap(([id, amount]) => (amount === undefined ? [] : [{ id, amount, ...shared }]))];
}
