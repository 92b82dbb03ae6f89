import { failed, success } from "../../../base/index.ts";
import type { Balance } from "../../../portfolio/index.ts";
import { firstHas, isRecord } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { numberAt, recordsAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount } from "../venue-statement.ts";

type Row = Readonly<Record<string, unknown>>;

const methodologyOf: Readonly<Record<string, string>> = {
  segregated_sm: "deribit-standard",
  cross_sm: "deribit-standard",
  segregated_pm: "deribit-portfolio",
  cross_pm: "deribit-cross-portfolio",
};

/** Replies of private/get_account_summary, get_account_summaries and simulate_portfolio. */
export default defineOracle({
  id: "deribit-account-figures",
  title: "Deribit private/get_account_summary, get_account_summaries, simulate_portfolio",
  venue: "deribit",
  claims: (content) =>
    firstHas(summaries(content), "currency", "initial_margin", "maintenance_margin") &&
    !firstHas(content, "subaccount_value"),
  read: ({ content, answeredMs }) => {
    const rows = summaries(content);
    const models = [...new Set(rows.map((row) => String(row.margin_model ?? "")))].filter((model) => model !== "");
    const methodologies = [
      ...new Set(models.flatMap((model) => (Object.hasOwn(methodologyOf, model) ? (methodologyOf[model] ?? []) : []))),
    ];
    if (methodologies.length === 0)
      return failed(
        "unsupported",
        `the account has margin model ${models.join(", ") || "not stated"}; known are ${Object.keys(methodologyOf).join(", ")}`,
      );
    const active = rows.filter((row) =>
      ["equity", "initial_margin", "maintenance_margin"].some((name) => (numberAt(row, name) ?? 0) !== 0),
    );
    const cross = active.filter(isCross);
    return success({
      venue: "deribit",
      methodologies,
      ...(answeredMs === undefined ? {} : { asOfMs: answeredMs }),
      amounts: [
        ...active.filter((row) => !isCross(row)).flatMap(ownAmounts),
        ...cross.slice(0, 1).flatMap(wholeAmounts),
      ],
      balances: active.flatMap(balances),
      notes: models.length > 1 ? [`the currencies have different margin models: ${models.join(", ")}`] : [],
    });
  },
});

function summaries(content: unknown): readonly Row[] {
  const listed = recordsAt(content, "summaries");
  if (listed.length > 0) return listed;
  return Array.isArray(content) ? content.filter(isRecord) : isRecord(content) ? [content] : [];
}

function isCross(row: Row): boolean {
  return String(row.margin_model ?? "").startsWith("cross_") || row.cross_collateral_enabled === true;
}

const fields = [
  ["initial_margin", "Initial margin", "total", "initial"],
  ["maintenance_margin", "Maintenance margin", "total", "maintenance"],
  ["equity", "Equity", "balance", "equity"],
  ["margin_balance", "Margin balance", "balance", "margin-balance"],
] as const;

function ownAmounts(row: Row): StatedAmount[] {
  const account = String(row.currency);
  return fields.flatMap(([field, label, component, line]) =>
    amountOf(row, field, { account, unit: account, label, component, line }),
  );
}

/** Margin figures of a cross account repeat the whole account in every currency: the totals in USD are taken once. */
function wholeAmounts(row: Row): StatedAmount[] {
  return fields.flatMap(([field, label, component, line]) =>
    amountOf(row, `total_${field}_usd`, { account: "cross", unit: "USD", label, component, line }),
  );
}

interface Meaning {
  readonly account: string;
  readonly unit: string;
  readonly label: string;
  readonly component: StatedAmount["component"];
  readonly line: string;
}

function amountOf(row: Row, field: string, meaning: Meaning): StatedAmount[] {
  const { account, unit, label, component, line } = meaning;
  // account figures are printed to 8 decimals in BTC, 6 in other currencies
  const number = statedNumber(row[field], unit === "BTC" ? 8 : 6);
  if (number === undefined) return [];
  const { value: amount, digit } = number;
  return [{ id: `${account}.${field}`, label, account, component, amount, unit, digit, lines: [`${account}/${line}`] }];
}

function balances(row: Row): Balance[] {
  const equity = numberAt(row, "equity");
  return equity === undefined ? [] : [{ currency: String(row.currency), equity, basis: "imported" }];
}
