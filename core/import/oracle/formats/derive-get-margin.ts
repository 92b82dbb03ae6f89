import { failed, success } from "../../../base/index.ts";
import { firstHas, isRecord } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { statedNumber } from "../stated-number.ts";
import type { StatedAmount } from "../venue-statement.ts";

/**
 * Reply of private/get_margin and public/get_margin: surpluses of an account before and after changes asked for. The reply
 * names neither the manager nor the market, so a line is found by the surplus it is.
 */
export default defineOracle({
  id: "derive-get-margin",
  title: "Derive get_margin (before and after simulated changes)",
  venue: "derive",
  claims: (content) => firstHas(content, "post_initial_margin", "post_maintenance_margin", "is_valid_trade"),
  read: ({ content, answeredMs }) => {
    const row = isRecord(content) ? content : {};
    const amounts = fields.flatMap(([field, label, line]): StatedAmount[] => {
      const number = statedNumber(row[field], 0);
      if (number === undefined) return [];
      const { value: amount, digit } = number;
      const common = { account: "cross", component: "balance", unit: "USDC" } as const;
      return [{ ...common, id: field, label, amount, digit: Math.max(digit, 1e-10), lines: [`*/surplus/${line}`] }];
    });
    if (amounts.length === 0)
      return failed("missing-data", "the reply of get_margin states no margin after the changes");
    return success({
      venue: "derive",
      methodologies: ["derive-portfolio-2", "derive-standard", "derive-portfolio-1"],
      ...(answeredMs === undefined ? {} : { asOfMs: answeredMs }),
      amounts,
      notes: [
        "the reply states surpluses after the changes it was asked for: compare it with the portfolio after them",
        `before them: initial ${String(row.pre_initial_margin)}, maintenance ${String(row.pre_maintenance_margin)}`,
        ...(row.is_valid_trade === false ? ["the venue would refuse the change: is_valid_trade is false"] : []),
      ],
    });
  },
});

const fields = [
  ["post_initial_margin", "Initial margin after the changes (surplus)", "initial"],
  ["post_maintenance_margin", "Maintenance margin after the changes (surplus)", "maintenance"],
] as const;
