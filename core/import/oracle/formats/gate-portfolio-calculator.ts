import { failed, success } from "../../../base/index.ts";
import type { Component } from "../../../portfolio/index.ts";
import { isRecord } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { numberAt, recordsAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount, StatedCell, StatedKind, StatedVector } from "../venue-statement.ts";

type Row = Readonly<Record<string, unknown>>;

/** Numbers are text with twelve decimals. */
const decimals = 12;

/** Reply of unified/portfolio_calculator: MR1 to MR4 and 33 scenarios of every risk unit; the same family as Bybit's method. */
export default defineOracle({
  id: "gate-portfolio-calculator",
  title: "Gate unified/portfolio_calculator",
  venue: "gate",
  claims: (content) => isRecord(content) && Array.isArray(content.risk_unit) && "maintain_margin_total" in content,
  read: ({ content }) => {
    const units = recordsAt(content, "risk_unit");
    const old = units.filter((unit) => positionResult(unit) === undefined);
    if (old.length > 0)
      return failed(
        "parse-error",
        "a reply of portfolio_calculator of another version: a unit has no result of original_position",
      );
    const seconds = numberAt(content, "calculate_time");
    return success({
      venue: "gate",
      methodologies: ["gate-portfolio", "bybit-portfolio"],
      ...(seconds === undefined ? {} : { asOfMs: seconds * 1_000 }),
      covers: { underlyings: units.map(({ symbol }) => String(symbol)) },
      amounts: [
        ...amountOf(
          content,
          "initial_margin_total",
          "initial_margin_total",
          "Initial margin of the account",
          "total",
          "cross/initial",
        ),
        ...amountOf(
          content,
          "maintain_margin_total",
          "maintain_margin_total",
          "Maintenance margin of the account",
          "total",
          "cross/maintenance",
        ),
        ...units.flatMap(unitAmounts),
      ],
      vectors: units.map(vector),
      components: units.flatMap(components),
      notes: ["the calculator states positions in its request only: they are not compared"],
    });
  },
});

/** The result of the positions alone; those with orders are other cases of the same unit. */
function positionResult(unit: Row): Row | undefined {
  return recordsAt(unit, "margin_result").find(({ type }) => type === "original_position");
}

function amountOf(
  row: unknown,
  field: string,
  id: string,
  label: string,
  component: StatedKind,
  line: string,
): StatedAmount[] {
  const number = statedNumber(isRecord(row) ? row[field] : undefined, decimals);
  if (number === undefined) return [];
  const { value: amount, digit } = number;
  return [{ id, label, account: "cross", component, amount, digit, unit: "USD", lines: [line] }];
}

function unitAmounts(unit: Row): StatedAmount[] {
  const coin = String(unit.symbol);
  const top = `cross/maintenance/${coin}`;
  const result = positionResult(unit);
  const part = (field: string, label: string, component: StatedKind, line: string) =>
    amountOf(result, field, `${coin}.${field}`, `${label}, ${coin}`, component, `${top}/${line}`);
  return [
    ...amountOf(
      unit,
      "initial_margin",
      `${coin}.initial_margin`,
      `Initial margin, ${coin}`,
      "total",
      `cross/initial/${coin}`,
    ),
    ...amountOf(unit, "maintain_margin", `${coin}.maintain_margin`, `Maintenance margin, ${coin}`, "total", top),
    ...part("mr1", "MR1 stress", "scenario", "maximum-loss"),
    ...part("mr2", "MR2 basis spread", "contingency", "contingency/delta-contingency"),
    ...part("mr3", "MR3 volatility spread", "contingency", "contingency/vega-contingency"),
    ...part("mr4", "MR4 short options", "contingency", "contingency/option-contingency"),
  ];
}

/** MR2 to MR4 of the positions alone: the venue does not publish how to compute them. */
function components(unit: Row): Component[] {
  const kinds = [
    ["mr2", "delta-contingency"],
    ["mr3", "vega-contingency"],
    ["mr4", "option-contingency"],
  ] as const;
  return kinds.flatMap(([field, id]): Component[] => {
    const amount = statedNumber(positionResult(unit)?.[field], decimals)?.value;
    if (amount === undefined || amount < 0) return [];
    return [{ id, currency: "USD", underlying: String(unit.symbol), amount, basis: "imported" }];
  });
}

/** Volatility states by the sign of the change. */
function vector(unit: Row): StatedVector {
  const underlying = String(unit.symbol);
  const cells = recordsAt(positionResult(unit), "profit_loss_ranges").flatMap((range): StatedCell[] => {
    const priceMove = numberAt(range, "price_percentage");
    const change = numberAt(range, "implied_volatility_percentage");
    const number = statedNumber(range.profit_loss, decimals);
    if (priceMove === undefined || change === undefined || number === undefined) return [];
    const volatility = change > 0 ? "up" : change < 0 ? "down" : "same";
    return [{ group: "standard", priceMove, volatility, amount: number.value, digit: number.digit }];
  });
  return { id: `${underlying}.profit_loss_ranges`, of: "unit", underlying, unit: "USD", cells };
}
