import { success } from "../../../base/index.ts";
import { isRecord } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { numberAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount, StatedKind } from "../venue-statement.ts";

const decimals = 6;

const fields: readonly (readonly [string, string, StatedKind, string])[] = [
  ["initial_margin_requirement", "Initial margin", "total", "cross/initial"],
  ["maintenance_margin_requirement", "Maintenance margin", "total", "cross/maintenance"],
  ["account_value", "Account value", "balance", "cross/margin-balance"],
  ["free_collateral", "Free collateral", "balance", "cross/free"],
];

/** Reply of GET /v1/account: requirement and value of the whole account, in USD. */
export default defineOracle({
  id: "paradex-account",
  title: "Paradex account",
  venue: "paradex",
  claims: (content) => isRecord(content) && "maintenance_margin_requirement" in content && "account_value" in content,
  read: ({ content }) => {
    const asOfMs = numberAt(content, "updated_at");
    const row = isRecord(content) ? content : {};
    const amounts = fields.flatMap(([field, label, component, line]): StatedAmount[] => {
      const stated = statedNumber(row[field], decimals);
      if (stated === undefined) return [];
      const { value: amount, digit } = stated;
      return [{ id: field, label, account: "cross", component, amount, unit: "USD", digit, lines: [line] }];
    });
    return success({
      venue: "paradex",
      methodologies: ["paradex-portfolio"],
      ...(asOfMs === undefined ? {} : { asOfMs }),
      amounts,
      vectors: [],
      notes: [],
    });
  },
});
