import { failed, success } from "../../../base/index.ts";
import type { Component } from "../../../portfolio/index.ts";
import { isRecord } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { memberAt, recordsAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount, StatedKind } from "../venue-statement.ts";

type Row = Readonly<Record<string, unknown>>;

/** Numbers are computed ones, printed in full: differences below this come from binary arithmetic. */
const leastDigit = 1e-8;

/** Amounts of an underlying: field, label, kind, line below the initial margin of the coin. */
const fields: readonly (readonly [string, string, StatedKind, string])[] = [
  ["required_margin", "Required margin", "total", ""],
  ["loss_margin", "Loss coverage", "scenario", "/loss-coverage"],
  ["roll_contingency_margin", "Roll contingency", "contingency", "/roll-contingency"],
  ["options_contingency_margin", "Option contingency", "contingency", "/option-contingency"],
];

/** Contingencies whose rates are not published. */
const contingencies = [
  ["roll_contingency_margin", "delta-contingency"],
  ["options_contingency_margin", "option-contingency"],
] as const;

/** Reply of private/required_margin_breakdown: loss coverage and contingencies of every underlying. */
export default defineOracle({
  id: "thalex-margin-breakdown",
  title: "Thalex private/required_margin_breakdown",
  venue: "thalex",
  claims: (content) => Array.isArray(memberAt(content, "portfolio", "underlyings")),
  read: ({ content, answeredMs }) => {
    const underlyings = recordsAt(content, "portfolio", "underlyings");
    const old = underlyings.filter((row) => typeof row.underlying !== "string" || amountsOf(row).length < 2);
    if (old.length > 0)
      return failed(
        "parse-error",
        "a reply of required_margin_breakdown of another version: an underlying has no name, required_margin or loss_margin",
      );
    const portfolio = memberAt(content, "portfolio");
    const total = isRecord(portfolio) ? portfolio.required_margin : undefined;
    return success({
      venue: "thalex",
      methodologies: ["thalex-portfolio"],
      ...(answeredMs === undefined ? {} : { asOfMs: answeredMs }),
      covers: { underlyings: underlyings.map(coinOf) },
      amounts: [
        ...amountOf(total, "required_margin", "Required margin of the account", "total", "cross/initial"),
        ...underlyings.flatMap(amountsOf),
      ],
      components: underlyings.flatMap(components),
      notes: underlyings.flatMap(scenarioNote),
    });
  },
});

/** `BTCUSD` is the index of BTC. */
function coinOf({ underlying }: Row): string {
  return String(underlying).replace(/USD$/, "");
}

function amountOf(raw: unknown, id: string, label: string, component: StatedKind, line: string): StatedAmount[] {
  const number = statedNumber(raw, 0);
  if (number === undefined) return [];
  const { value: amount, digit } = number;
  const stated = { id, label, account: "cross", component, unit: "USD", lines: [line] };
  return [{ ...stated, amount, digit: Math.max(digit, leastDigit) }];
}

function amountsOf(row: Row): StatedAmount[] {
  const coin = coinOf(row);
  return fields.flatMap(([field, label, kind, line]) =>
    amountOf(row[field], `${coin}.${field}`, `${label}, ${coin}`, kind, `cross/initial/${coin}${line}`),
  );
}

function components(row: Row): Component[] {
  return contingencies.flatMap(([field, id]): Component[] => {
    const amount = statedNumber(row[field], 0)?.value;
    if (amount === undefined || amount < 0) return [];
    return [{ id, currency: "USD", underlying: coinOf(row), amount, basis: "imported" }];
  });
}

/** The venue's own scenarios are said, not compared: the rulebook's grid is a default. */
function scenarioNote(row: Row): string[] {
  const scenarios = recordsAt(row, "scenarios");
  const used = typeof row.scenario_used === "number" ? scenarios[row.scenario_used] : undefined;
  if (used === undefined) return [];
  const { underlying_change_pct: move, vol_change_pct_point: points, coverage_factor: factor } = used;
  return [
    `${coinOf(row)}: the venue used index ${String(move)} %, volatility ${String(points)} points, coverage factor ${String(factor)}, of ${scenarios.length} scenarios`,
  ];
}
