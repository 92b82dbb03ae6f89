import { failed, success } from "../../../base/index.ts";
import { firstHas } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { memberAt, numberAt, recordsAt } from "../stated-number.ts";

const factors = ["initialMargin", "minInitialMargin", "maintenanceMargin", "minMaintenanceMargin"] as const;

/** Reply of eapi/v1/exchangeInfo: the margin factors of options, as parameters where all symbols share them. */
export default defineOracle({
  id: "binance-exchange-info",
  title: "Binance option factors (eapi exchangeInfo)",
  venue: "binance",
  claims: (content) => firstHas(memberAt(content, "optionSymbols"), "symbol", "initialMargin", "maintenanceMargin"),
  read: ({ content, answeredMs }) => {
    const symbols = recordsAt(content, "optionSymbols");
    const found = factors.map((name) => ({
      name,
      values: new Set(symbols.flatMap((row) => numberAt(row, name) ?? [])),
      stated: symbols.filter((row) => numberAt(row, name) !== undefined).length,
    }));
    const absent = found.filter(({ stated }) => stated < symbols.length).map(({ name }) => name);
    if (absent.length > 0)
      return failed("parse-error", `a reply of exchangeInfo of another version: symbols state no ${absent.join(", ")}`);
    const shared = found.filter(({ values }) => values.size === 1);
    const apart = found.filter(({ values }) => values.size > 1);
    return success({
      venue: "binance",
      methodologies: ["binance-option"],
      ...(answeredMs === undefined ? {} : { asOfMs: answeredMs }),
      amounts: [],
      parameters: shared.flatMap(({ name, values: [value] }) =>
        value === undefined ? [] : [{ path: `/options/other/${name}`, value, at: `optionSymbols[].${name}` }],
      ),
      notes: apart.map(({ name, values }) => {
        const listed = [...values].sort((a, b) => a - b).join(", ");
        return `${name} differs by symbol (${listed}): enter it under /options by symbol`;
      }),
    });
  },
});
