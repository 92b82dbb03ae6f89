import { failed, success } from "../../../base/index.ts";
import { accountValues, exchangeRates, isAccountValues, totalOf } from "../../broker/account-values.ts";
import { defineOracle } from "../oracle.ts";
import { statedNumber } from "../stated-number.ts";
import type { StatedAmount, StatedKind } from "../venue-statement.ts";

const decimals = 2;

const fields: readonly (readonly [string, string, StatedKind, string])[] = [
  ["FullInitMarginReq", "Initial margin requirement", "total", "initial"],
  ["FullMaintMarginReq", "Maintenance margin requirement", "total", "maintenance"],
  ["EquityWithLoanValue", "Equity with loan value", "balance", "margin-balance"],
  ["NetLiquidation", "Net liquidation value", "balance", "equity"],
];

/**
 * Account values of Interactive Brokers: the requirements of the whole account, in US dollars at the rate the file states.
 *
 * @source resources/docs/formats.md, section 17.4
 */
export default defineOracle({
  id: "ibkr-account-values",
  title: "Interactive Brokers account values",
  venue: "ibkr",
  claims: isAccountValues,
  read: ({ content }) => {
    const accounts = isAccountValues(content) ? accountValues(content) : [];
    const [values, other] = accounts;
    if (values === undefined) return failed("missing-data", "the reply holds no account");
    if (other !== undefined)
      return failed("unsupported", `the reply holds ${accounts.length} accounts; give one of them at a time`);
    const rates = exchangeRates(values);
    const dollar = values.base === "USD" ? 1 : rates.USD;
    if (values.base === undefined || dollar === undefined)
      return failed("missing-data", `the reply has no rate between ${values.base ?? "its base currency"} and USD`);
    const amounts = fields.flatMap(([tag, label, component, line]): StatedAmount[] => {
      const stated = statedNumber(totalOf(values, tag), decimals);
      if (stated === undefined) return [];
      const converted = values.base === "USD" ? {} : { asPrinted: stated.value };
      return [
        {
          ...{ id: tag, label, account: "USD", component, amount: stated.value / dollar, ...converted },
          ...{ unit: "USD", digit: stated.digit / dollar, lines: [`USD/${line}`] },
        },
      ];
    });
    const rate = `amounts are in ${values.base}; 1 USD = ${dollar} ${values.base} by ExchangeRate of the reply`;
    return success({
      venue: "ibkr",
      methodologies: ["risk-based-customer", "strategy-based"],
      amounts,
      vectors: [],
      notes: [
        "the reply does not say which rules the account is under: portfolio margin is tried first",
        ...(values.base === "USD" ? [] : [rate]),
      ],
    });
  },
});
