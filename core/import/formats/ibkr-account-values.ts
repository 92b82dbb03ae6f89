import { sum } from "../../base/index.ts";
import { accountValues, exchangeRates, isAccountValues, totalOf } from "../broker/account-values.ts";
import { noteDollarRates } from "../broker/dollar-rates.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, type JsonRow } from "../format.ts";
import { decide, type Intake } from "../intake.ts";
import { readNumber } from "../read-number.ts";

const marginTags = ["FullInitMarginReq", "FullMaintMarginReq", "FullAvailableFunds"] as const;
/** Largest distance between the sum over currencies and the stated total, as a share of the total. */
const sumTolerance = 1e-4;

/**
 * Account values of Interactive Brokers' gateway: a JSON array of account, tag, value and currency.
 *
 * @source resources/docs/formats.md, section 17.4
 */
export default defineFormat({
  id: "ibkr-account-values",
  title: "Interactive Brokers account values (tag, value, currency)",
  kind: "account",
  claims: (probe) => probe.type === "json" && isAccountValues(probe.content),
  rows: (content) => (isAccountValues(content) ? accountRows(content) : []),
  read: readAccount,
});

/** One row an account: its tags in the base currency, and the currencies beside them. */
function accountRows(content: readonly Readonly<Record<string, unknown>>[]): readonly JsonRow[] {
  return accountValues(content).map((values) => {
    const { account, tags, base } = values;
    const names = ["NetLiquidation", "TotalCashValue", "OptionMarketValue", ...marginTags];
    const totals = Object.fromEntries(names.map((name) => [name, totalOf(values, name)]));
    const { NetLiquidationByCurrency: net = {}, CashBalance: cash = {} } = tags;
    return { row: { account, ...totals }, outer: { base, rates: exchangeRates(values), net, cash } };
  });
}

interface Currencies {
  readonly base: string | undefined;
  readonly rates: Readonly<Record<string, number>>;
  readonly net: Readonly<Record<string, string>>;
  readonly cash: Readonly<Record<string, string>>;
}

function readAccount(row: RowReader, intake: Intake, outer: Readonly<Record<string, unknown>>): void {
  const { base, rates, net, cash } = outer as unknown as Currencies;
  noteDollarRates(intake, rates, base, "ExchangeRate");
  const equity = row.requiredNumber("NetLiquidation");
  const balance = row.number("TotalCashValue");
  const optionsValue = row.number("OptionMarketValue");
  const [initialMargin, maintenanceMargin, availableFunds] = marginTags.map((tag) => row.number(tag));
  if (row.broken()) return;
  if (base === undefined) {
    row.reject("the base currency is known", "NetLiquidation stands in no single currency", "NetLiquidation");
    return;
  }
  const own = byCurrency(net, cash, rates);
  if (own.missing.length === 0 && Math.abs(own.total - equity) <= sumTolerance * Math.abs(equity)) {
    decide(
      intake,
      "balances",
      "one a currency",
      "NetLiquidationByCurrency adds up to NetLiquidation at the stated rates",
    );
    for (const entry of own.entries)
      intake.balances.push({
        ...entry,
        ...(entry.currency === base ? present({ initialMargin, maintenanceMargin, availableFunds }) : {}),
        basis: "imported",
      });
    return;
  }
  const why =
    own.missing.length > 0
      ? `the file has no NetLiquidationByCurrency of ${own.missing.join(", ")}`
      : `NetLiquidationByCurrency adds up to ${own.total} ${base}, NetLiquidation is ${equity}`;
  decide(intake, "balances", `one, in ${base}`, why);
  const stated = present({ balance, optionsValue, initialMargin, maintenanceMargin, availableFunds });
  intake.balances.push({ currency: base, equity, ...stated, basis: "imported" });
}

/** Equity of each currency, their sum in the base currency, and currencies that have cash but no stated equity or rate. */
function byCurrency(net: Currencies["net"], cash: Currencies["cash"], rates: Currencies["rates"]) {
  const used = (values: Readonly<Record<string, string>>) =>
    Object.keys(values).filter(
      (currency) => currency !== "BASE" && currency !== "" && readNumber(values[currency]) !== 0,
    );
  const currencies = [...new Set([...used(net), ...used(cash)])].sort();
  const entries: { readonly currency: string; readonly equity: number; readonly balance?: number }[] = [];
  const missing: string[] = [];
  for (const currency of currencies) {
    const [equity, balance] = [readNumber(net[currency]), readNumber(cash[currency])];
    if (typeof equity !== "number" || rates[currency] === undefined) missing.push(currency);
    else entries.push({ currency, equity, ...(typeof balance === "number" ? { balance } : {}) });
  }
  return { entries, missing, total: sum(entries.map(({ currency, equity }) => equity * (rates[currency] ?? 0))) };
}
