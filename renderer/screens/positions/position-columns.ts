import {
  formatGreek,
  formatNumber,
  formatQuantity,
  formatVolatility,
  moneyDecimals,
} from "../../../core/base/format.ts";
import { type GridColumn, numberColumn } from "../../grids/columns.ts";
import type { FlatRow } from "../../grids/tree.ts";
import { treeColumn } from "../../grids/tree-grid.tsx";
import type { Currency, PositionFigures } from "./position-rows.ts";

export type PositionRow = FlatRow<PositionFigures>;

const positionOnly = (row: unknown): boolean => (row as PositionRow).value.position !== undefined;
const optionOnly = (row: unknown): boolean => (row as PositionRow).value.position?.kind === "option";
const money = (value: number | null | undefined): string => formatNumber(value, { decimals: 2 });
/** Greeks in whole dollars: their columns are compared, not added by hand; the full value is on hover. */
const whole = (value: number | null | undefined): string => formatNumber(value, { decimals: 0 });
/** `−25 BTC`: the unit stands behind the quantity it counts. */
const quantityText = (value: number | null | undefined, row: unknown): string => {
  const { unit } = (row as PositionRow).value;
  return unit === undefined ? formatQuantity(value) : `${formatQuantity(value)} ${unit}`;
};

/** Columns of the positions grid. Greeks are in money, so that they add up over underlyings. */
export function positionColumns(
  currency: Currency,
  units: readonly string[],
  edited: ReadonlySet<string>,
  onToggle: (id: string) => void,
): GridColumn<PositionRow>[] {
  const decimals = currency === "usd" ? 0 : Math.max(...units.map(marginDecimals), 2);
  const unit = currency === "usd" ? "USD" : units.length === 1 ? (units[0] ?? "") : "account currency";
  const amount = (value: number | null | undefined): string => formatNumber(value, { decimals });
  const mixed = { whyMissing: () => "parts have different currencies: choose USD" };
  const figure = (
    id: string,
    header: string,
    tooltip: string,
    value: (row: PositionFigures) => number | undefined,
  ) => ({
    id,
    header,
    tooltip,
    value: (row: PositionRow) => value(row.value),
  });
  return [
    treeColumn<PositionRow>({
      header: "Instrument",
      width: 218,
      onToggle,
      badge: ({ level, value: { position, count } }) =>
        position === undefined
          ? level === 1
            ? `${count}`
            : undefined
          : edited.has(position.id)
            ? "edited"
            : undefined,
      title: ({ label, value: { count, position } }) => (position ? label : `${label}: ${count} positions`),
      sortBy: ({ id, value: { position } }) => position?.strike ?? position?.symbol ?? id,
    }),
    {
      ...numberColumn<PositionRow>({
        ...figure(
          "quantity",
          "Quantity",
          "Signed quantity, long > 0; edit to see the margin change",
          (v) => v.quantity,
        ),
        formatRow: quantityText,
        format: formatQuantity,
        applies: positionOnly,
        editable: positionOnly,
        width: 92,
      }),
      cellClassRules: { "cell-override": ({ data }) => data !== undefined && edited.has(data.id) },
    },
    numberColumn<PositionRow>({
      ...figure("deltaMoney", "Δ USD/1 %", "USD per 1 % of price: delta × index ÷ 100", (v) => v.deltaMoney),
      format: whole,
      signal: true,
      width: 78,
    }),
    numberColumn<PositionRow>({
      ...figure("vega", "Vega USD", "USD per volatility point", (v) => v.vega),
      format: whole,
      signal: true,
      width: 72,
    }),
    numberColumn<PositionRow>({
      ...figure("value", `Value ${unit}`, "Options: quantity × mark; 0 for futures and perpetuals", (v) => v.value),
      format: amount,
      ...mixed,
      signal: true,
      width: 96,
    }),
    numberColumn<PositionRow>({
      ...figure(
        "bindingPnl",
        `In binding ${unit}`,
        `${unit}: profit in the binding scenario of its account, gain > 0: what it contributes to the requirement`,
        (v) => v.bindingPnl,
      ),
      format: amount,
      whyMissing: () => "no scenario binds, or parts have different currencies: choose USD",
      signal: true,
      width: 98,
    }),
    numberColumn<PositionRow>({
      ...figure(
        "standAlone",
        `Stand-alone ${unit}`,
        `${unit}: initial margin of the position alone; subtotals are sums without offsets`,
        (v) => v.standAlone,
      ),
      format: amount,
      whyMissing: () => "not computed, or parts have different currencies: choose USD",
      width: 98,
    }),
    numberColumn<PositionRow>({
      ...figure("mark", "Mark", "Mark price: coin for inverse options, else quote currency", (v) => v.mark),
      format: formatMark,
      applies: positionOnly,
      width: 88,
    }),
    numberColumn<PositionRow>({
      ...figure("volatility", "IV pts", "Implied volatility, points", (v) => v.volatility),
      format: formatVolatility,
      applies: optionOnly,
      width: 64,
    }),
    numberColumn<PositionRow>({
      ...figure("forward", "Forward", "Forward of the expiry; mark of futures and perpetuals", (v) => v.forward),
      format: money,
      applies: positionOnly,
      width: 92,
    }),
    numberColumn<PositionRow>({
      ...figure("delta", "Delta", "Underlying units; Black delta for options", (v) => v.delta),
      format: formatGreek,
      whyMissing: () => "different underlyings do not add up: see Delta USD / 1 %",
      signal: true,
      width: 80,
    }),
    numberColumn<PositionRow>({
      ...figure("gammaMoney", "Γ USD/1 %²", "Change of Δ USD/1 % per 1 % of price", (v) => v.gammaMoney),
      format: whole,
      signal: true,
      width: 84,
    }),
    numberColumn<PositionRow>({
      ...figure("theta", "Theta", "USD per calendar day", (v) => v.theta),
      format: whole,
      signal: true,
      width: 72,
    }),
    numberColumn<PositionRow>({
      ...figure("notional", "Notional USD", "|quantity| at the index; subtotals are gross", (v) => v.notional),
      format: money,
      width: 110,
    }),
  ];
}

/** Margin columns show four decimals of coins; the full value is on hover. */
export function marginDecimals(unit: string): number {
  return Math.min(4, moneyDecimals(unit));
}

/** Coin prices of options are below 10 and quoted in ten-thousandths; money prices to the cent. */
function formatMark(value: number | null | undefined): string {
  return formatNumber(value, { decimals: Math.abs(value ?? 0) < 10 ? 4 : 2 });
}
