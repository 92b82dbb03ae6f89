import { success } from "../../../base/index.ts";
import type { Balance } from "../../../portfolio/index.ts";
import { firstHas } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { memberAt, numberAt, recordsAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount } from "../venue-statement.ts";

type Row = Readonly<Record<string, unknown>>;

const decimals = 8;

const fields = [
  ["initialMargin", "Initial margin", "total", "initial"],
  ["maintMargin", "Maintenance margin", "total", "maintenance"],
  ["equity", "Equity", "balance", "equity"],
  ["marginBalance", "Margin balance", "balance", "margin-balance"],
] as const;

/** Reply of eapi/v1/marginAccount: what the options account is charged, by asset. */
export default defineOracle({
  id: "binance-option-account",
  title: "Binance options account (eapi marginAccount)",
  venue: "binance",
  claims: (content) => firstHas(memberAt(content, "asset"), "asset", "marginBalance", "initialMargin", "maintMargin"),
  read: ({ content, answeredMs }) => {
    const assets = recordsAt(content, "asset");
    const asOfMs = numberAt(content, "time") ?? answeredMs;
    return success({
      venue: "binance",
      methodologies: ["binance-option"],
      ...(asOfMs === undefined ? {} : { asOfMs }),
      covers: { settlements: assets.map((row) => String(row.asset)) },
      amounts: assets.flatMap(amountsOf),
      balances: assets.flatMap(balanceOf),
      notes: [],
    });
  },
});

function amountsOf(row: Row): StatedAmount[] {
  const account = String(row.asset);
  return fields.flatMap(([field, label, component, line]): StatedAmount[] => {
    const stated = statedNumber(row[field], decimals);
    if (stated === undefined) return [];
    const { value: amount, digit } = stated;
    const lines = [`${account}/${line}`];
    return [
      {
        id: `${account}.${field}`,
        label: `${label}, ${account}`,
        account,
        component,
        amount,
        unit: account,
        digit,
        lines,
      },
    ];
  });
}

function balanceOf(row: Row): Balance[] {
  const [equity, marginBalance] = [numberAt(row, "equity"), numberAt(row, "marginBalance")];
  if (equity === undefined) return [];
  const stated = marginBalance === undefined ? {} : { marginBalance, optionsValue: equity - marginBalance };
  return [{ currency: String(row.asset), equity, ...stated, basis: "imported" }];
}
