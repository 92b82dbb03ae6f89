import type { Steps } from "../base/index.ts";
import { type Instrument, quantityUnit } from "../instrument/index.ts";
import { median, type Quote } from "../market/index.ts";
import type { NumberRule, RowReader } from "./cells.ts";
import { present } from "./deribit/quote-row.ts";
import { defineFormat, type Format } from "./format.ts";
import { hasPercentSign, readCarry } from "./generic-carry.ts";
import { genericFields } from "./generic-field.ts";
import { genericInstrument } from "./generic-instrument.ts";
import type { ColumnMapping } from "./import-result.ts";
import { addPosition, addQuote, decide, type Intake, placeOf } from "./intake.ts";
import { fractionOfPercent } from "./read-number.ts";

/** Volatilities whose median is above this are percent: 300 % is a rare median, 3 % a rarer one. */
const decimalAtMost = 3;
const rowsAtOnce = 1000;

/**
 * The format of a CSV whose columns the user (or its own header) has named.
 *
 * @param mapping fields of ours to columns of the file
 */
export function genericFormat(mapping: ColumnMapping): Format {
  const shared = {
    id: "generic-csv",
    title: mapping.kind === "positions" ? "Positions table (CSV)" : "Market table (CSV)",
    kind: mapping.kind,
    claims: () => false,
  } as const;
  if (mapping.kind === "positions") {
    return defineFormat({ ...shared, read: (row, intake) => readPositionRow(row, intake, mapping) });
  }
  const quotes: MarketRow[] = [];
  return defineFormat({
    ...shared,
    read: (row, intake) => {
      const quote = readMarketRow(row, intake, mapping);
      if (quote !== undefined) quotes.push({ quote, inPercent: hasPercentSign(row, mapping.columns.iv) });
    },
    finish: (intake) => finishMarket(intake, mapping, quotes),
  });
}

/** The columns a mapping names that the file does not have, and the fields it needs but does not name. */
export function mappingFaults(mapping: ColumnMapping, columns: readonly string[]): readonly string[] {
  const unknown = Object.entries(mapping.columns).filter(([, column]) => !columns.includes(column));
  const names = new Set(genericFields[mapping.kind].map(({ name }) => name));
  const strange = Object.keys(mapping.columns).filter((name) => !names.has(name));
  const missing = genericFields[mapping.kind].filter(
    ({ name, required }) => required && mapping.columns[name] === undefined,
  );
  return [
    ...unknown.map(([name, column]) => `the file has no column "${column}" (mapped to ${name})`),
    ...strange.map((name) => `there is no field "${name}"`),
    ...missing.map(({ name }) => `the field ${name} is mapped to no column`),
  ];
}

function readPositionRow(row: RowReader, intake: Intake, mapping: ColumnMapping): void {
  const { columns } = mapping;
  const number = (name: string, rule?: NumberRule) =>
    columns[name] === undefined ? undefined : row.number(columns[name], rule);
  const instrument = genericInstrument(row, intake, mapping);
  const stated = row.requiredNumber(columns.quantity ?? "quantity");
  const multiplier = number("multiplier", { above: 0 }) ?? instrument?.contractSize ?? 1;
  const averagePrice = number("average_price");
  const figures = present({
    markPrice: number("mark_price", { atLeast: 0 }),
    indexPrice: number("index_price", { above: 0 }),
  });
  if (instrument === undefined || row.broken()) return;
  if (stated === 0) {
    row.leaveOut(
      "zero positions are left out",
      `${instrument.symbol} has quantity 0; it is left out`,
      columns.quantity,
    );
    return;
  }
  const quantity = inOurUnit(row, intake, mapping, instrument, stated * multiplier, figures.markPrice);
  if (quantity === undefined) return;
  const account = columns.account === undefined ? undefined : row.text(columns.account);
  const tag = columns.tag === undefined ? undefined : row.text(columns.tag);
  addPosition(intake, {
    instrument,
    quantity,
    ...present({ averagePrice, account, tag }),
    ...(Object.keys(figures).length === 0 ? {} : { stated: figures }),
    origin: {
      at: placeOf(intake),
      quantity: String(row.raw(columns.quantity ?? "quantity")).trim(),
      unit: multiplier === 1 ? quantityUnit(instrument) : `contracts of ${multiplier}`,
    },
  });
}

/** Quantity in the unit positions count in: the quote currency for inverse futures and perpetuals, else coins. */
function inOurUnit(
  row: RowReader,
  intake: Intake,
  { quantityUnit: unit, columns }: ColumnMapping,
  instrument: Instrument,
  quantity: number,
  mark: number | undefined,
): number | undefined {
  const countsQuote = quantityUnit(instrument) === instrument.quote && instrument.payoff === "inverse";
  if (!countsQuote) return quantity;
  if (unit === undefined) {
    decide(intake, "quantity of inverse futures", instrument.quote, "no unit was chosen: the venue counts them so");
    return quantity;
  }
  decide(intake, "quantity of inverse futures", unit === "quote" ? instrument.quote : instrument.underlying, "chosen");
  if (unit === "quote") return quantity;
  if (mark !== undefined && mark > 0) return quantity * mark;
  row.reject(
    "coins of an inverse future need its mark",
    "the mark price that converts coins is empty",
    columns.mark_price,
  );
  return undefined;
}

function readMarketRow(row: RowReader, intake: Intake, mapping: ColumnMapping): Quote | undefined {
  const { columns } = mapping;
  const number = (name: string, rule?: NumberRule) =>
    columns[name] === undefined ? undefined : row.number(columns[name], rule);
  const instrument = genericInstrument(row, intake, mapping);
  const zone = mapping.zone === undefined ? undefined : "chosen in the column mapping";
  const price = { atLeast: 0, zeroIsNone: true };
  const fields = {
    mark: number("mark_price", { atLeast: 0 }),
    markVolatility: number("iv", price),
    bid: number("bid", price),
    ask: number("ask", price),
    underlyingPrice: number("forward", price),
    indexPrice: number("index_price", price),
    openInterest: number("open_interest", { atLeast: 0 }),
    volume: number("volume", { atLeast: 0 }),
    timestampMs: columns.timestamp === undefined ? undefined : row.instant(columns.timestamp, zone),
  };
  if (instrument === undefined || row.broken()) return undefined;
  readCarry(row, intake, mapping, instrument);
  return { instrument, ...present(fields), at: placeOf(intake) };
}

interface MarketRow {
  readonly quote: Quote;
  /** Its volatility is written with a `%`, which says more than the column's unit. */
  readonly inPercent: boolean;
}

function* finishMarket(intake: Intake, mapping: ColumnMapping, rows: readonly MarketRow[]): Steps<void> {
  const typical = median(
    rows.flatMap(({ quote: { markVolatility }, inPercent }) =>
      markVolatility === undefined || inPercent ? [] : [markVolatility],
    ),
  );
  const unit = mapping.volatilityUnit ?? (typical !== undefined && typical > decimalAtMost ? "percent" : "decimal");
  if (typical !== undefined) {
    const why =
      mapping.volatilityUnit === undefined
        ? `the median of the column is ${typical.toPrecision(4)}; above ${decimalAtMost} means percent`
        : "stated by the column mapping or the header";
    decide(intake, `unit of ${mapping.columns.iv ?? "iv"}`, unit, why);
  }
  if (rows.some(({ inPercent }) => inPercent))
    decide(intake, `unit of ${mapping.columns.iv ?? "iv"} with a % sign`, "percent", "the cells say so");
  for (const [count, { quote, inPercent }] of rows.entries()) {
    if (count % rowsAtOnce === 0) yield;
    const { markVolatility } = quote;
    const scaled =
      markVolatility === undefined || (unit === "decimal" && !inPercent)
        ? undefined
        : fractionOfPercent(markVolatility);
    intake.row = Number(quote.at?.slice(quote.at.lastIndexOf(":") + 1));
    addQuote(intake, scaled === undefined ? quote : { ...quote, markVolatility: scaled });
  }
  intake.row = undefined;
}
