import { failed, success } from "../../../base/index.ts";
import { parseDeriveSymbol } from "../../../instrument/index.ts";
import type { IndexPrice, Quote } from "../../../market/index.ts";
import type { Balance, Component } from "../../../portfolio/index.ts";
import { firstHas, isRecord } from "../../format.ts";
import { defineOracle } from "../oracle.ts";
import { memberAt, numberAt, recordsAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount, StatedKind, StatedPosition } from "../venue-statement.ts";

type Row = Readonly<Record<string, unknown>>;

const methodologyOf: Readonly<Record<string, string>> = {
  SM: "derive-standard",
  PM: "derive-portfolio-1",
  PM2: "derive-portfolio-2",
};

const cashCurrency = "USDC";

/**
 * Reply of private/get_subaccount. The venue states surpluses (value less requirement): each is kept as a surplus, and the
 * requirement it implies stands beside it with the printed surplus.
 */
export default defineOracle({
  id: "derive-subaccount-margins",
  title: "Derive private/get_subaccount",
  venue: "derive",
  claims: (content) => firstHas(content, "subaccount_value", "margin_type", "initial_margin", "collaterals"),
  read: ({ content, answeredMs }) => {
    const subaccount = Array.isArray(content) ? (content as readonly unknown[])[0] : content;
    const type = isRecord(subaccount) ? String(subaccount.margin_type) : "";
    const methodology = methodologyOf[type];
    if (!isRecord(subaccount) || methodology === undefined)
      return failed(
        "unsupported",
        `the subaccount has margin type ${type || "not stated"}; known are ${Object.keys(methodologyOf).join(", ")}`,
      );
    const held = recordsAt(subaccount, "positions").map(heldIn);
    const others =
      Array.isArray(content) && content.length > 1 ? [`${content.length - 1} more subaccounts are not read`] : [];
    return success({
      venue: "derive",
      methodologies: [methodology],
      ...(answeredMs === undefined ? {} : { asOfMs: answeredMs }),
      amounts: amountsOf(subaccount, type === "SM" ? "cross" : String(subaccount.currency)),
      positions: held.flatMap(({ position }) => position ?? []),
      quotes: held.flatMap(({ quote }) => quote ?? []),
      indices: indicesOf(subaccount),
      components: componentsOf(subaccount),
      balances: balancesOf(subaccount),
      notes: [
        ...others,
        ...held.flatMap(({ note }) => note ?? []),
        "margins of single positions are those of each position alone: they are not compared with the account",
      ],
    });
  },
});

interface Held {
  readonly position?: StatedPosition;
  readonly quote?: Quote;
  readonly note?: string;
}

function heldIn(row: Row): Held {
  const symbol = String(row.instrument_name);
  const parsed = parseDeriveSymbol(symbol);
  const quantity = numberAt(row, "amount");
  if (!parsed.ok || quantity === undefined)
    return { note: `${symbol}: ${parsed.ok ? "its amount is no number" : parsed.failure.message}` };
  const instrument = parsed.value;
  const mark = numberAt(row, "mark_price");
  return {
    ...(quantity === 0 ? {} : { position: { instrument, quantity } }),
    ...(mark === undefined ? {} : { quote: { instrument, mark, at: symbol } }),
  };
}

/** Texts of up to 50 digits hold more than a number can: the last digit that counts is the tenth decimal. */
const leastDigit = 1e-10;

function amountsOf(subaccount: Row, account: string): StatedAmount[] {
  const value = statedNumber(subaccount.subaccount_value, 0);
  const amount = (
    field: string,
    label: string,
    component: StatedKind,
    line: string,
    stated: { readonly amount: number; readonly digit: number; readonly asPrinted?: number } | undefined,
  ): StatedAmount[] =>
    stated === undefined
      ? []
      : [
          {
            ...{ id: field, label, account, component, unit: cashCurrency, lines: [`${account}/${line}`] },
            ...{ ...stated, digit: Math.max(stated.digit, leastDigit) },
          },
        ];
  const surplusOf = (name: "initial" | "maintenance", words: string): StatedAmount[] => {
    const surplus = statedNumber(subaccount[`${name}_margin`], 0);
    if (surplus === undefined) return [];
    const requirement = value && {
      amount: value.value - surplus.value,
      digit: Math.max(value.digit, surplus.digit),
      asPrinted: surplus.value,
    };
    return [
      ...amount(`${name}_margin`, `${words} margin (surplus)`, "balance", `surplus/${name}`, {
        amount: surplus.value,
        digit: surplus.digit,
      }),
      ...amount(`${name}_requirement`, `${words} margin, value less surplus`, "total", name, requirement),
    ];
  };
  return [
    ...surplusOf("initial", "Initial"),
    ...surplusOf("maintenance", "Maintenance"),
    ...amount(
      "subaccount_value",
      "Value of the subaccount",
      "balance",
      "margin-balance",
      value && { amount: value.value, digit: value.digit },
    ),
  ];
}

function indicesOf(subaccount: Row): readonly IndexPrice[] {
  const found = new Map<string, number>();
  const note = (underlying: string, price: number | undefined) => {
    if (price !== undefined && price > 0 && !found.has(underlying)) found.set(underlying, price);
  };
  for (const row of recordsAt(subaccount, "positions")) {
    const parsed = parseDeriveSymbol(String(row.instrument_name));
    if (parsed.ok) note(parsed.value.underlying, numberAt(row, "index_price"));
  }
  for (const row of recordsAt(subaccount, "collaterals")) note(assetOf(row), numberAt(row, "mark_price"));
  return [...found].map(([underlying, price]) => ({ underlying, price, source: "quoted" }));
}

function assetOf(row: Row): string {
  return String(row.asset_name).toUpperCase();
}

function componentsOf(subaccount: Row): readonly Component[] {
  const amount = Math.abs(numberAt(subaccount, "open_orders_margin") ?? 0);
  return amount === 0 ? [] : [{ id: "open-orders", currency: cashCurrency, amount, basis: "imported" }];
}

/** Coins of the account; the cash carries the unsettled profit of perpetuals and the value of options. */
function balancesOf(subaccount: Row): readonly Balance[] {
  const positions = recordsAt(subaccount, "positions");
  const marked = (type: string) =>
    positions
      .filter((row) => memberAt(row, "instrument_type") === type)
      .reduce((total, row) => total + (numberAt(row, "mark_value") ?? 0), 0);
  const [profit, optionsValue] = [marked("perp"), marked("option")];
  return recordsAt(subaccount, "collaterals").flatMap((row): Balance[] => {
    const amount = numberAt(row, "amount");
    if (amount === undefined) return [];
    const currency = assetOf(row);
    return currency === cashCurrency
      ? [{ currency, equity: amount + profit + optionsValue, optionsValue, basis: "imported" }]
      : [{ currency, equity: amount, basis: "imported" }];
  });
}
