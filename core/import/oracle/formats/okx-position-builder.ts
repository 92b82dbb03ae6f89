import { failed, type Result, success } from "../../../base/index.ts";
import { type Instrument, parseOkxSymbol, quantityUnit } from "../../../instrument/index.ts";
import type { IndexPrice, Quote } from "../../../market/index.ts";
import type { Balance } from "../../../portfolio/index.ts";
import { isRecord } from "../../format.ts";
import { impliedPrices } from "../../okx/implied-prices.ts";
import { defineOracle, type OracleContent } from "../oracle.ts";
import { entriesAt, numberAt, recordsAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount, StatedCell, StatedKind, StatedPosition, StatedVector } from "../venue-statement.ts";

type Row = Readonly<Record<string, unknown>>;

/** Figures are printed in full; fewer than this many decimals are zeros left out. */
const decimals = 9;

/** Reply of account/position-builder: MR1 to MR9 and the scenario grid of every risk unit. */
export default defineOracle({
  id: "okx-position-builder",
  title: "OKX account/position-builder",
  venue: "okx",
  claims: (content) =>
    Array.isArray(content) && isRecord(content[0]) && ("riskUnitData" in content[0] || "mr1" in content[0]),
  read: ({ content }) => {
    const [row] = recordsAt({ content }, "content");
    return row === undefined ? failed("parse-error", "the reply of position-builder holds no object") : read(row);
  },
});

function read(row: Row): Result<OracleContent> {
  const units = recordsAt(row, "riskUnitData");
  if (units.length === 0)
    return failed(
      "parse-error",
      "a reply of account/position-builder of another version: it has no riskUnitData (the flat reply of 2022 is not read)",
    );
  const notes: string[] = [];
  const moved = units.filter((unit) => statedNumber(unit.mmrBf, decimals) !== undefined);
  if (moved.length > 0) notes.push("the reply is of moved prices (idxVol): mmr and imr are those after the move");
  const held = units.flatMap((unit) => portfolios(unit, notes));
  const asOfMs = numberAt(row, "ts");
  return success({
    venue: "okx",
    methodologies: ["okx-portfolio"],
    ...(asOfMs === undefined ? {} : { asOfMs }),
    covers: { underlyings: units.map(unitName) },
    amounts: [...accountAmounts(row, units.map(unitName)), ...units.flatMap(unitAmounts)],
    vectors: units.map(vector),
    positions: held.map(({ instrument, quantity }) => ({ instrument, quantity })),
    quotes: held.flatMap(({ quote }) => quote ?? []),
    indices: indices(units),
    balances: recordsAt(row, "assets").flatMap(balance),
    notes,
  });
}

/** `BTC`, also where the unit is named by its family, `BTC-USDT`. */
function unitName(unit: Row): string {
  return String(unit.riskUnit).split("-")[0] ?? "";
}

function amountOf(
  row: Row,
  field: string,
  meaning: { account: string; id: string; label: string; component: StatedKind; lines: readonly string[] },
): StatedAmount[] {
  const number = statedNumber(row[field], decimals);
  if (number === undefined) return [];
  const { value: amount, digit } = number;
  return [{ ...meaning, amount, digit, unit: "USD" }];
}

const accountFields: readonly (readonly [string, string, StatedKind, readonly string[]])[] = [
  ["totalImr", "Initial margin of the account", "total", ["cross/initial"]],
  ["totalMmr", "Maintenance margin of the account", "total", ["cross/maintenance"]],
  [
    "derivMmr",
    "Maintenance margin of derivatives",
    "total",
    ["cross/maintenance/units", "cross/maintenance/derivatives"],
  ],
  ["borrowMmr", "Maintenance margin of borrowing", "total", ["cross/maintenance/borrowing/*"]],
  ["eq", "Adjusted equity", "balance", ["cross/margin-balance"]],
];

function accountAmounts(row: Row, units: readonly string[]): StatedAmount[] {
  return accountFields.flatMap(([field, label, component, lines]) =>
    amountOf(row, field, { account: "cross", id: field, label, component, lines }).map((stated) =>
      // derivMmr is the sum of the units; our statement has no line of its own for it
      field === "derivMmr" ? { ...stated, parts: { ids: units.map((unit) => `${unit}.mmr`), factor: 1 } } : stated,
    ),
  );
}

const unitFields: readonly (readonly [string, string, StatedKind, string])[] = [
  ["imr", "Initial margin", "total", "imr"],
  ["mmr", "Maintenance margin", "total", "mmr"],
  ["mr1", "MR1 spot shock", "scenario", "mr1"],
  ["mr2", "MR2 time decay", "scenario", "mr2"],
  ["mr3", "MR3 vega across expiries", "contingency", "mr3"],
  ["mr4", "MR4 basis", "roll", "mr4"],
  ["mr5", "MR5 interest rate", "contingency", "mr5"],
  ["mr6", "MR6 extreme move", "scenario", "mr6"],
  ["mr7", "MR7 minimum charge", "floor", "mr7"],
  ["mr9", "MR9 stablecoin hedge", "contingency", "mr9"],
];

function unitAmounts(unit: Row): StatedAmount[] {
  const name = unitName(unit);
  return unitFields.flatMap(([field, label, component, line]) =>
    amountOf(unit, field, {
      account: "cross",
      id: `${name}.${field}`,
      label: `${label}, ${name}`,
      component,
      lines: [`${name}/${line}`],
    }),
  );
}

const volatilities: Readonly<Record<string, string>> = { volSame: "same", volShockUp: "up", volShockDown: "down" };

/** The keys are price moves as text, in no order. */
function vector(unit: Row): StatedVector {
  const name = unitName(unit);
  const cells = Object.entries(volatilities).flatMap(([field, volatility]) =>
    entriesAt(unit, "mr1Scenarios", field).flatMap(([move, raw]): StatedCell[] => {
      const number = statedNumber(raw, decimals);
      const priceMove = Number(move);
      if (number === undefined || !Number.isFinite(priceMove)) return [];
      return [{ group: "standard", priceMove, volatility, amount: number.value, digit: number.digit }];
    }),
  );
  cells.sort((a, b) => (a.priceMove ?? 0) - (b.priceMove ?? 0));
  return { id: `${name}.mr1Scenarios`, of: "unit", underlying: name, unit: "USD", cells };
}

interface Held extends StatedPosition {
  readonly quote?: Quote;
}

/** Amounts are contracts; the reply has no contract sizes, so they follow from the notional it prints. */
function portfolios(unit: Row, notes: string[]): Held[] {
  return recordsAt(unit, "portfolios").flatMap((row): Held[] => {
    const symbol = String(row.instId);
    if (row.instType === "SPOT") return [];
    const parsed = parseOkxSymbol(symbol);
    const contracts = numberAt(row, "amt");
    const mark = numberAt(row, "markPx");
    if (!parsed.ok || contracts === undefined) {
      notes.push(`${symbol}: ${parsed.ok ? "its amount is no number" : parsed.failure.message}`);
      return [];
    }
    const instrument = parsed.value;
    const size = contractSize(instrument, row, contracts, mark);
    if (size === undefined) {
      notes.push(
        `${symbol}: the size of its contract does not follow from the reply; ${contracts} contracts are not compared`,
      );
      return [];
    }
    const quote: Quote | undefined = mark === undefined ? undefined : { instrument, mark, at: symbol };
    const quantity = (row.posSide === "short" ? -Math.abs(contracts) : contracts) * size;
    return [{ instrument, quantity: Number(quantity.toPrecision(12)), ...(quote === undefined ? {} : { quote }) }];
  });
}

/** Contract sizes are round: powers of ten of the coin, or whole dollars. */
function contractSize(
  instrument: Instrument,
  row: Row,
  contracts: number,
  mark: number | undefined,
): number | undefined {
  const notional = numberAt(row, "notionalUsd");
  if (notional === undefined || contracts === 0) return undefined;
  const each = Math.abs(notional / contracts);
  if (quantityUnit(instrument) !== instrument.underlying) return rounded(each);
  if (mark === undefined || mark <= 0 || instrument.kind === "option") return undefined;
  return rounded(each / mark);
}

function rounded(size: number): number | undefined {
  const power = 10 ** Math.round(Math.log10(size));
  return Math.abs(size / power - 1) < 0.05 ? power : undefined;
}

/** The reply states no index prices: they follow where a unit holds one linear contract. */
function indices(units: readonly Row[]): IndexPrice[] {
  const found = new Map<string, number>();
  for (const unit of units) {
    const rows = recordsAt(unit, "portfolios");
    const [position] = rows;
    const [held] = portfolios(unit, []);
    if (position === undefined || held === undefined || rows.length > 1) continue;
    const own = { upl: unit.upl, scenarios: unit.mr1Scenarios };
    const implied = impliedPrices(own, { floatPnl: position.floatPnl }, held);
    if (implied === undefined) continue;
    const { underlying, quote, usdPerQuote, pairUsd } = implied;
    if (usdPerQuote !== undefined && !found.has(quote)) found.set(quote, usdPerQuote);
    found.set(`${underlying}-${quote}`, pairUsd / (found.get(quote) ?? 1));
    found.set(underlying, pairUsd);
  }
  return [...found].map(([underlying, price]) => ({ underlying, price, source: "quoted" }));
}

function balance(row: Row): Balance[] {
  const equity = numberAt(row, "availEq");
  return equity === undefined || equity === 0 ? [] : [{ currency: String(row.ccy), equity, basis: "imported" }];
}
